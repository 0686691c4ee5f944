//! The browser's program: wasm-bindgen's script around the compiled frontend; for users taken apart and made small.

use super::bundle::Bundle;
use super::split::{self, PARTS};
use super::{Mode, pack};
use crate::Outcome;
use crate::project::{Project, files_under, read, variable, write};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "wealthwise";

/// What the browsers of the last years can do and rustc uses; without naming them, wasm-opt refuses the file.
/// Inlining and -Oz make the file itself smaller, but what is sent (brotli) 1 % bigger: measured.
const WASM_OPT: [&str; 12] = [
    "-Os",
    "--one-caller-inline-max-function-size=0",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
    "--strip-debug",
    "--strip-producers",
];

/// Adds `wealthwise.js`, `wealthwise_bg.wasm` and the files in `parts/`; in dev the program is in one piece (and has the
/// snippets of crates that bring JavaScript).
pub fn add(project: &Project, mode: Mode, site: &mut Bundle) -> Outcome {
    let built = compile(project, mode)?;
    let folder = project.target.join("site-memo").join(format!("bindgen-{}", mode.name()));
    bindgen(&built, &folder, mode)?;
    if mode == Mode::Dev {
        for file in files_under(&folder) {
            let name = name_below(&folder, &file)?;
            site.add(&name, &format!("pkg/{name}"), read(&file)?);
        }
        return Ok(());
    }
    let script_file = format!("{NAME}.js");
    let script = tool_at(
        project,
        "esbuild",
        &["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error", &script_file],
        &[],
        &folder,
    )?;
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let parts = files_under(&folder.join(PARTS));
    for file in parts.into_iter().chain([folder.join(format!("{NAME}_bg.wasm"))]) {
        let name = name_below(&folder, &file)?;
        // A plus may be read as a space on the way.
        let plain = name.trim_start_matches(PARTS).trim_start_matches('/').replace('+', "-");
        let url = site.add(&name, &format!("pkg/{plain}"), optimised(project, &read(&file)?)?);
        // The script asks for its files (the main one, if it is not told) by their plain names, beside itself.
        let hashed = url.rsplit('/').next().unwrap_or(&url);
        script = script
            .replace(&format!("\"./{name}\""), &format!("\"./{hashed}\""))
            .replace(&format!("\"{name}\""), &format!("\"{hashed}\""));
    }
    site.add(&script_file, &format!("pkg/{script_file}"), script.into_bytes());
    Ok(())
}

fn name_below(folder: &Path, file: &Path) -> Result<String, String> {
    Ok(file.strip_prefix(folder).map_err(|e| e.to_string())?.to_string_lossy().replace('\\', "/"))
}

/// Compiles the frontend. The quick one is the dev profile with its settings changed by the environment instead of a
/// profile of its own: so it shares the compiled macros (two minutes of work) with the server's dev build.
fn compile(project: &Project, mode: Mode) -> Result<PathBuf, String> {
    let target = "wasm32-unknown-unknown";
    let mut cargo = Command::new(variable("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    let package = ["--package", "frontend", "--target", target];
    cargo.current_dir(&project.root);
    let profile = match mode {
        Mode::Dev => {
            cargo
                .arg("build")
                .args(package)
                .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_DEV_PANIC", "abort")
                .env("CARGO_PROFILE_DEV_DEBUG", "false");
            "debug"
        }
        Mode::Wasm => {
            // Without the relocations nobody could tell which function and which constant needs which.
            cargo.arg("rustc").args(package);
            cargo.args(["--profile", "wasm", "--features", "split", "--", "-C", "link-arg=--emit-relocs"]);
            "wasm"
        }
    };
    let status = cargo.status().map_err(|e| format!("cargo: {e}"))?;
    if !status.success() {
        return Err("site: the frontend does not compile".to_owned());
    }
    Ok(project.target.join(target).join(profile).join("frontend.wasm"))
}

/// Runs wasm-bindgen (for users on the main file of what was taken apart) into an emptied folder, unless that was done for
/// just this file.
fn bindgen(built: &Path, folder: &Path, mode: Mode) -> Outcome {
    let done = folder.with_extension("done");
    let stamp = pack::hash(&read(built)?);
    if fs::read(&done).is_ok_and(|old| old == stamp.as_bytes()) {
        return Ok(());
    }
    let _ = fs::remove_file(&done);
    let _ = fs::remove_dir_all(folder);
    let dev = mode == Mode::Dev;
    let input = if dev { built.to_path_buf() } else { split::take_apart(built, folder, NAME)? };
    let mut bindgen = Bindgen::new();
    if !dev {
        // What the parts take from the main file is known to them by its name.
        bindgen.keep_lld_exports(true).demangle(false);
    }
    bindgen
        .input_path(&input)
        .out_name(NAME)
        .typescript(false)
        .remove_name_section(!dev)
        .remove_producers_section(true);
    bindgen.web(true).and_then(|web| web.generate(folder)).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    write(&done, stamp.as_bytes())
}

/// Made small, now or the last time.
fn optimised(project: &Project, wasm: &[u8]) -> Result<Vec<u8>, String> {
    let key = pack::hash(&[wasm, WASM_OPT.join(" ").as_bytes()].concat());
    pack::memo(project, &format!("{key}.opt.wasm"), || optimise(project, wasm))
}

/// Runs `wasm-opt`, which wants files: so two temporary ones.
fn optimise(project: &Project, wasm: &[u8]) -> Result<Vec<u8>, String> {
    let name = |what: &str| project.target.join("site-memo").join(format!("{what}-{}.wasm", std::process::id()));
    let (input, output) = (name("in"), name("out"));
    write(&input, wasm)?;
    let (from, to) = (input.to_string_lossy(), output.to_string_lossy());
    let args: Vec<&str> = WASM_OPT.into_iter().chain([from.as_ref(), "-o", to.as_ref()]).collect();
    let result = tool(project, "wasm-opt", &args, &[]).and_then(|_| read(&output));
    let _ = fs::remove_file(&input);
    let _ = fs::remove_file(&output);
    result
}

/// Runs one of the npm tools: `input` is what it reads, the answer what it prints.
pub fn tool(project: &Project, name: &str, args: &[&str], input: &[u8]) -> Result<Vec<u8>, String> {
    tool_at(project, name, args, input, &project.root)
}

fn tool_at(project: &Project, name: &str, args: &[&str], input: &[u8], folder: &Path) -> Result<Vec<u8>, String> {
    let program = project.tools.join(name);
    let missing = |e: std::io::Error| format!("{}: {e}. Run scripts/setup", program.display());
    let mut child = Command::new(&program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // wasm-opt has a line for each debug name that it does not know, in files that it takes them out of.
        .stderr(if name == "wasm-opt" { Stdio::piped() } else { Stdio::inherit() })
        .spawn()
        .map_err(missing)?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let answer = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input)); // a tool that reads nothing closes it: no error of ours
        child.wait_with_output()
    });
    let answer = answer.map_err(|e| format!("{name}: {e}"))?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    Err(format!("{name} failed: {}\n{}", answer.status, String::from_utf8_lossy(&answer.stderr)))
}
