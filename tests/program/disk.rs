//! The disk is full, or does not keep what it was given: nothing is acknowledged that is not there, what can be read is
//! read, and when the disk is well again so is the program.
use super::program::{Person, Program, all_rows, expense, folder};
use std::{fs, process::Command};

/// Posts a row of one euro; the status.
fn post(person: &Person, budget: &str, key: &str) -> u16 {
    person.json("POST", "/api/expenses", key, &expense(key, 100, budget)).expect("the program answers").0
}

/// Works on a file system of 6 MiB, which another file fills. It is mounted where only the program sees it, and removed
/// with it.
#[test]
fn a_full_disk_refuses_writes_and_recovers() {
    let folder = folder("full");
    fs::create_dir_all(&folder).unwrap();
    let setup = format!("mount -t tmpfs -o size=6m,mode=700 tmpfs {}", folder.display());
    let mut command = Command::new("unshare");
    let inner = Program::command_after(&setup, &folder);
    command.arg("-rm").arg(inner.get_program()).args(inner.get_args());
    Program::surroundings(&mut command, &folder);
    let mut program = Program::begin(command);
    program.wait_until_ready();
    let (person, budget) = program.owner();
    let mut acknowledged = vec![post(&person, &budget, "before")];
    // As the program sees it.
    let filler = format!("/proc/{}/root{}/filler", program.child.id(), folder.display());
    // Ends with an error: there is no more room.
    fs::write(&filler, vec![0; 8 << 20]).unwrap_err();
    let mut refused = 0;
    for n in 0..300 {
        match post(&person, &budget, &format!("full-{n}")) {
            201 => acknowledged.push(201),
            503 => refused += 1,
            other => panic!("status {other}"),
        }
    }
    assert!(refused > 100, "{refused} refused, {} acknowledged", acknowledged.len());
    assert_eq!(all_rows(&person).len(), acknowledged.len(), "what was acknowledged can be read, and nothing else");
    fs::remove_file(&filler).unwrap();
    assert_eq!(post(&person, &budget, "after"), 201);
    assert_eq!(post(&person, &budget, "full-299"), 201, "what was refused can be sent again");
    let rows = all_rows(&person);
    let spent = &person.get(&format!("/api/budgets/{budget}/analysis?month=2026-11"))["data"]["analysis"]["total"];
    assert_eq!(spent["transactions"].as_u64(), Some(rows.len() as u64));
    drop(program);
    let _ = fs::remove_dir_all(folder);
}

/// By libfiu, which makes the system's calls fail while it is told to.
#[test]
fn what_the_disk_did_not_take_is_not_acknowledged() {
    let folder = folder("fsync");
    fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new("fiu-run");
    command.args(["-x", "-f", &folder.join("fiu").display().to_string()]);
    command.args([env!("CARGO_BIN_EXE_wealthwise"), "serve"]);
    Program::surroundings(&mut command, &folder);
    let mut program = Program::begin(command);
    program.wait_until_ready();
    let control = |order: &str| {
        let path = folder.join("fiu").display().to_string();
        let id = program.child.id().to_string();
        assert!(Command::new("fiu-ctrl").args(["-c", order, "-f", &path, &id]).status().unwrap().success());
    };
    let (person, budget) = program.owner();
    assert_eq!(post(&person, &budget, "before"), 201);
    for call in ["fsync", "fdatasync"] {
        control(&format!("enable name=posix/io/sync/{call},failinfo=5"));
    }
    for n in 0..20 {
        assert_eq!(post(&person, &budget, &format!("lost-{n}")), 503);
    }
    assert_eq!(all_rows(&person).len(), 1, "what was refused is not there");
    for call in ["fsync", "fdatasync"] {
        control(&format!("disable name=posix/io/sync/{call}"));
    }
    assert_eq!(post(&person, &budget, "lost-3"), 201);
    // And it is there for the next process, too.
    drop(program);
    let program = Program::start(&folder);
    let mut person = program.person();
    person.enter("/api/auth/login");
    assert_eq!(all_rows(&person).len(), 2);
    drop(program);
    let _ = fs::remove_dir_all(folder);
}
