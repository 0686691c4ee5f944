//! No file descriptor is left: whoever comes is told to come again, who is there goes on, and all is well afterwards.
use super::program::{Program, expense, folder};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

#[test]
fn too_many_connections_are_told_to_come_again() {
    let folder = folder("files");
    let mut program = Program::begin(Program::command_after("ulimit -n 96", &folder));
    program.wait_until_ready();
    let (person, budget) = program.owner();
    let connect = || {
        let stream = TcpStream::connect(("127.0.0.1", program.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    };
    // Empty for one that is cut off without a word.
    let ask = |mut stream: &TcpStream| {
        let _ = stream.write_all(b"GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let mut answer = [0; 8_192];
        let length = stream.read(&mut answer).unwrap_or(0);
        String::from_utf8_lossy(&answer[..length]).into_owned()
    };
    let first = connect();
    assert!(ask(&first).starts_with("HTTP/1.1 200"));
    let many: Vec<TcpStream> = (0..200).map(|_| connect()).collect();
    // Those that were refused and say nothing are given a second; then there is somebody again to tell the next one.
    let refused = (0..10_000).map(|_| ask(&connect())).find(|answer| !answer.is_empty()).unwrap();
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: "), "{refused}");
    assert!(ask(&first).starts_with("HTTP/1.1 200"), "who is there goes on");
    drop(many);
    let mut tries = 0;
    while person.json("POST", "/api/expenses", "later", &expense("later", 100, &budget)).is_none_or(|(s, ..)| s != 201)
    {
        tries += 1;
        assert!(tries < 1_000, "it does not recover");
    }
    assert_eq!(person.get("/api/expenses")["meta"]["total"], 1);
    drop(program);
    let _ = std::fs::remove_dir_all(folder);
}
