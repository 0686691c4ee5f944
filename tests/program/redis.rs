//! Redis is lost, hangs, comes back empty: what needs it is refused, nobody is let in or shut out by accident, and the
//! ledger knows nothing of it.
use super::program::{Program, all_rows, expense, folder};
use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A server of its own, since this one is to be killed.
struct Redis {
    child: Child,
    port: u16,
}

impl Redis {
    fn start(port: u16) -> Self {
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()]);
        let child = command.stdout(Stdio::null()).spawn().expect("redis-server is installed (scripts/setup)");
        let redis = Self { child, port };
        while TcpStream::connect(("127.0.0.1", redis.port)).is_err() {
            thread::yield_now();
        }
        redis
    }

    fn signal(&self, name: &str) {
        let told = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn nobody_gets_in_by_accident_and_nothing_is_lost() {
    let folder = folder("redis");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let web = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Program::command(&folder);
    command.env("REDIS_URL", format!("redis://127.0.0.1:{port}")).env("PORT", web.to_string());
    let mut program = Program::begin(command);
    program.port = web;
    // Not there at the start: it waits.
    while program.person().ask("GET", "/api/health/live", "", b"").is_none() {
        assert!(program.child.try_wait().unwrap().is_none(), "it has ended");
    }
    assert_eq!(program.person().status("/dashboard", "text/html"), 503);
    let redis = Redis::start(port);
    program.wait_until_ready();
    let (person, budget) = program.owner();
    let post = |person: &super::program::Person, key: &str| {
        person.json("POST", "/api/expenses", key, &expense(key, 100, &budget)).expect("the program answers").0
    };
    let status = |person: &super::program::Person, path: &str| person.ask("GET", path, "", b"").unwrap().0;
    let page = |cookie: bool| {
        let someone = if cookie { person.clone() } else { program.person() };
        someone.status("/dashboard", "text/html")
    };
    let recovers = |path: &str| {
        let begin = Instant::now();
        while status(&person, path) == 503 {
            assert!(begin.elapsed() < Duration::from_secs(20), "it does not recover");
        }
    };
    assert_eq!(post(&person, "before"), 201);

    // Gone: who was signed in is neither let in nor told that they are not.
    for hang in [true, false] {
        redis.signal(if hang { "STOP" } else { "KILL" });
        let begin = Instant::now();
        assert_eq!(
            (post(&person, "lost"), status(&person, "/api/auth/me"), page(true)),
            (503, 503, 503),
            "hangs: {hang}"
        );
        assert!(begin.elapsed() < Duration::from_secs(15), "{:?}", begin.elapsed());
        let login = serde_json::json!({ "email": "anna@example.org", "password": "correct horse battery" });
        assert_eq!(program.person().json("POST", "/api/auth/login", "l", &login).unwrap().0, 503);
        assert_eq!(status(&program.person(), "/api/health"), 503);
        assert_eq!(program.person().status("/", "text/html"), 200, "what needs nobody is there");
        if hang {
            redis.signal("CONT");
            recovers("/api/auth/me");
            assert_eq!(status(&person, "/api/auth/me"), 200, "the session is still there");
        }
    }

    // Back, and empty: sign in again.
    drop(redis);
    let _redis = Redis::start(port);
    recovers("/api/auth/me");
    assert_eq!((status(&person, "/api/auth/me"), page(true)), (401, 303));
    let mut again = program.person();
    again.enter("/api/auth/login");
    let rows = all_rows(&again);
    assert_eq!(rows.len(), 1);
    assert_eq!(post(&again, "lost"), 201);
    assert_eq!(all_rows(&again).len(), 2);
    drop(program);
    let _ = std::fs::remove_dir_all(folder);
}
