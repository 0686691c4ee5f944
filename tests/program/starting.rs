//! What keeps the data is not there when the program starts, or is lost meanwhile.
use super::program::{Program, SECRET, folder, mongodb_uri, remove_database};
use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::{TcpListener, TcpStream},
    process::Stdio,
    thread,
};

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Passes on whatever comes in at `port`, for the rest of the test.
fn forward(port: u16, to: String) {
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let pass = |mut from: TcpStream, mut to: TcpStream| {
        thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(std::net::Shutdown::Both);
        });
    };
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, server) = (client.unwrap(), TcpStream::connect(&to).unwrap());
            pass(client.try_clone().unwrap(), server.try_clone().unwrap());
            pass(server, client);
        }
    });
}

/// The server's address, and its host and port.
fn mongodb() -> (String, String) {
    let uri = mongodb_uri();
    let host = uri.split("//").nth(1).unwrap().split(['/', '?']).next().unwrap().rsplit('@').next().unwrap();
    (uri.clone(), host.to_owned())
}

#[test]
fn without_its_store_it_says_so_and_waits() {
    let folder = folder("later");
    let (uri, host) = mongodb();
    let (web, gate) = (free_port(), free_port());
    let mut command = Program::command(&folder);
    let database = format!("wealthwise_program_{}", std::process::id());
    command.env("PORT", web.to_string()).env("MONGODB_DB_NAME", &database);
    command.env("ENCRYPTION_SECRET", SECRET);
    command.env("MONGODB_URI", format!("mongodb://127.0.0.1:{gate}/?directConnection=true"));
    let mut program = Program::begin(command);
    program.port = web;
    let mut person = program.person();
    while person.ask("GET", "/api/health/live", "", b"").is_none() {
        assert!(program.child.try_wait().unwrap().is_none(), "it has ended");
        thread::yield_now();
    }
    for (path, expected) in [("/api/health/live", 200), ("/api/health", 503), ("/api/budgets", 503)] {
        let (status, head, _) = person.ask("GET", path, "", b"").unwrap();
        assert_eq!((status, head.contains("retry-after: ")), (expected, expected == 503), "{path}");
    }
    forward(gate, host);
    program.wait_until_ready();
    person.port = program.port;
    person.enter("/api/auth/register");
    assert_eq!(person.get("/api/auth/me")["data"]["user"]["name"], "Anna");
    assert_eq!(person.get("/api/health")["services"]["database"]["status"], "up");
    drop(program);
    remove_database(&uri, &database);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn what_waiting_does_not_mend_ends_it() {
    let folder = folder("never");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("wealthwise.db"), "no database, only some text".repeat(100)).unwrap();
    let mut program = Program::begin({
        let mut command = Program::command(&folder);
        command.stderr(Stdio::piped());
        command
    });
    assert!(!program.child.wait().unwrap().success());
    let mut said = String::new();
    program.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("WEALTHWISE_DATA_DIR") && said.contains("not a database"), "{said}");
    let mut line = String::new();
    BufReader::new(program.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "", "it never said that it listens");
    let _ = std::fs::remove_dir_all(folder);
}
