//! The real program from outside: started, written to, killed, told to stop, and left without what it needs.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod data;
mod demo;
mod disk;
mod files;
mod kill;
mod logs;
mod operator;
mod program;
mod redis;
mod starting;
mod stopping;
