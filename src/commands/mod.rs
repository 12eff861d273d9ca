//! One file per command, each a paragraph. Only here are the clock, the environment and the terminal looked at.

/// A line for people, on the standard error output. Where nobody can read it, the work goes on all the same.
macro_rules! tell {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(anstream::stderr(), $($text)*);
    }};
}

/// A line of what was asked for, on the standard output. What can't be written there was not done.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        writeln!(anstream::stdout(), $($text)*)?;
    }};
}

mod aggregate;
mod approve;
mod build;
mod bundle;
mod check;
mod cms;
mod completions;
mod draft;
mod due;
mod export;
mod fmt;
mod hosting;
mod import;
mod import_list;
mod init;
mod keygen;
mod new;
mod post;
mod publish;
mod read_list;
mod report;
mod rules;
mod schema;
mod serve;
mod surroundings;
mod verify;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::{Cli, Command, MessageLanguage};
use crate::diagnostic::Lang;

/// How a command ended. Errors of the program itself are `anyhow::Error`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing stands in the way.
    Clean,
    /// The content has problems.
    Problems,
}

/// Parses the command line, runs the command and gives the exit code:
/// 0 clean, 1 problems in the content, 2 could not run.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage_error(&error),
    };
    match run(cli) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        // A closed pipe (`congbo rules | head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell!("\u{1b}[1;31mlỗi\u{1b}[0m: {}", told(&error));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let lang = match cli.lang {
        MessageLanguage::Vi => Lang::Vi,
        MessageLanguage::En => Lang::En,
    };
    match cli.command {
        Command::Init(arguments) => init::run(&cli.project, &arguments),
        Command::New(arguments) => new::run(&cli.project, &arguments, lang),
        Command::Build(arguments) => build::run(&cli.project, &arguments, lang),
        Command::Bundle(arguments) => bundle::run(&cli.project, &arguments, lang),
        Command::Check(arguments) => check::run(&cli.project, &arguments, lang),
        Command::Due(arguments) => due::run(&cli.project, &arguments, lang),
        Command::Verify(arguments) => verify::run(&arguments, lang),
        Command::Publish(arguments) => publish::run(&cli.project, &arguments, lang),
        Command::Keygen(arguments) => keygen::run(&arguments, lang),
        Command::Hosting(arguments) => hosting::run(&cli.project, &arguments),
        Command::Approve(arguments) => approve::run(&cli.project, &arguments, lang),
        Command::Post(arguments) => post::run(&cli.project, &arguments, lang),
        Command::Draft(arguments) => draft::run(&cli.project, &arguments),
        Command::Serve(arguments) => serve::run(&cli.project, &arguments, lang),
        Command::Import(arguments) => import::run(&cli.project, &arguments, lang),
        Command::Export(arguments) => export::run(&cli.project, &arguments, lang),
        Command::ReadList(arguments) => read_list::run(&arguments),
        Command::Aggregate(arguments) => aggregate::run(&cli.project, &arguments, lang),
        Command::Report(arguments) => report::run(&cli.project, &arguments, lang),
        Command::Rules(arguments) => rules::run(&arguments, lang),
        Command::Cms(arguments) => cms::run(&cli.project, &arguments),
        Command::Fmt(arguments) => fmt::run(&cli.project, &arguments, lang),
        Command::Schema(arguments) => schema::run(&cli.project, &arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}

/// An error and its causes, those of the system in Vietnamese.
fn told(error: &anyhow::Error) -> String {
    let cause = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<std::io::Error>() {
        Some(system) => surroundings::system_error(system),
        None => cause.to_string(),
    };
    error.chain().map(cause).collect::<Vec<_>>().join(": ")
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Help and version are no errors; anything else is told in Vietnamese, with the usage line.
fn usage_error(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
    }
    use clap::error::{ContextKind, ContextValue};
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn {}", text(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("không có lệnh {}", text(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {}", text(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "còn thiếu tên lệnh".to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{}” của {} không dùng được", text(ContextKind::InvalidValue), text(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => format!("{} không dùng chung với {}", text(ContextKind::InvalidArg), text(ContextKind::PriorArg)),
        _ => "dòng lệnh không đúng".to_owned(),
    };
    tell!("\u{1b}[1;31mlỗi\u{1b}[0m: {message}");
    let suggestion = [text(ContextKind::SuggestedArg), text(ContextKind::SuggestedSubcommand), text(ContextKind::SuggestedValue)];
    if let Some(suggestion) = suggestion.iter().find(|suggestion| !suggestion.is_empty()) {
        tell!("  có phải ý anh/chị là {suggestion}?");
    }
    if let Some(reason) = std::error::Error::source(error) {
        tell!("  {reason}");
    }
    let allowed = text(ContextKind::ValidValue);
    if !allowed.is_empty() {
        tell!("  chọn một trong: {allowed}");
    }
    tell!("  xem hướng dẫn bằng lệnh  congbo --help");
    ExitCode::from(2)
}
