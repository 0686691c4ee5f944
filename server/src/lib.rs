//! The host of `WealthWise`: HTTP around the use-cases, configuration, and the real world behind their ports.
pub mod assets;
pub mod auth;
pub mod backup;
pub mod cli;
pub mod config;
pub mod export;
pub mod folder;
pub mod http;
pub mod letters;
pub mod migrate;
pub mod sealer;
pub mod serve;
pub mod startup;
pub mod system;
pub mod telemetry;
