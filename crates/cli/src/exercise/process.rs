//! Child processes of an exercise: each ends when the exercise ends, however it ends.
//!
//! A child's standard input is a pipe the exercise holds open and never writes to but for single words. The child
//! stops when the pipe closes, which the kernel does for us if the exercise itself is killed.

use super::limits::{COMMAND_WAIT, STOP_WAIT};
use crate::errors;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// A process that runs until it is stopped.
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Option<BufReader<ChildStdout>>,
    pid: u32,
}

impl Process {
    /// Starts this program with other arguments; its errors go to the end of a log file.
    pub fn start(program: &Path, arguments: &[OsString], log: &Path) -> Result<Self, Failure> {
        let errors = OpenOptions::new().create(true).append(true).open(log);
        let errors = errors.map_err(|error| errors::unwritable(log, &error))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            // Ctrl-C reaches the exercise alone, which then stops the children in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| not_started(program, &error))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().map(BufReader::new));
        let pid = child.id().unwrap_or_default();
        Ok(Self { child, stdin, stdout, pid })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// The next line it writes, as JSON; none if it ended or writes something else.
    pub async fn line(&mut self) -> Option<Value> {
        let mut line = String::new();
        let read = self.stdout.as_mut()?.read_line(&mut line);
        timeout(COMMAND_WAIT, read).await.ok()?.ok()?;
        serde_json::from_str(&line).ok()
    }

    /// Writes to its standard input.
    pub async fn write(&mut self, text: &str) -> bool {
        match self.stdin.as_mut() {
            Some(stdin) => stdin.write_all(text.as_bytes()).await.is_ok() && stdin.flush().await.is_ok(),
            None => false,
        }
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to stop and waits; kills it when it does not. Says whether it stopped in order.
    pub async fn stop(&mut self) -> bool {
        drop(self.stdin.take());
        if let Ok(Ok(status)) = timeout(STOP_WAIT, self.child.wait()).await {
            return status.success();
        }
        self.kill().await;
        false
    }

    /// Ends it with signal 9.
    pub async fn kill(&mut self) {
        // A process that has ended already cannot be killed, which is as good.
        let _ = self.child.kill().await;
    }
}

/// How a command ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its exit code; 255 when it was killed or took too long.
    pub exit: i32,
    /// The object on standard output, or null.
    pub answer: Value,
    /// What standard error says, in a sentence.
    pub problem: String,
}

/// Runs a command of this program to its end.
pub async fn run(program: &Path, arguments: &[OsString]) -> Result<Ended, Failure> {
    ended(program, Command::new(program).args(arguments)).await
}

/// Runs a command as somebody would who has this program and nothing else: no home, no variable, an empty directory.
pub async fn run_outside(program: &Path, arguments: &[OsString], empty: &Path) -> Result<Ended, Failure> {
    ended(program, Command::new(program).args(arguments).env_clear().current_dir(empty)).await
}

async fn ended(program: &Path, command: &mut Command) -> Result<Ended, Failure> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .output();
    let Ok(output) = timeout(COMMAND_WAIT, command).await else {
        return Ok(Ended {
            exit: 255,
            answer: Value::Null,
            problem: "It did not answer in time.".to_owned(),
        });
    };
    let output = output.map_err(|error| not_started(program, &error))?;
    let told = serde_json::from_slice::<Value>(&output.stderr).ok();
    let problem = told.as_ref().and_then(|told| told.pointer("/error/message")).and_then(Value::as_str);
    let problem = match problem {
        Some(message) => message.to_owned(),
        None => String::from_utf8_lossy(&output.stderr).trim().chars().take(400).collect(),
    };
    Ok(Ended {
        exit: output.status.code().unwrap_or(255),
        answer: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        problem,
    })
}

/// The program that is running, which plays every part of an exercise.
pub fn this_program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|error| {
        errors::internal(format!("This program cannot be found: {}.", errors::reason(&error)))
    })
}

fn not_started(program: &Path, error: &std::io::Error) -> Failure {
    errors::internal(format!("{} cannot be started: {}.", program.display(), errors::reason(error)))
}
