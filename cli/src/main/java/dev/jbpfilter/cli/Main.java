package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program {@code bfcli}. */
public final class Main {
  static final String VERSION = "0.1.0";

  private static final int SUCCESS = 0;

  /** {@code EX_USAGE} of sysexits.h. */
  private static final int USAGE_ERROR = 64;

  /** {@code EX_SOFTWARE} of sysexits.h. */
  private static final int INTERNAL_ERROR = 70;

  /** What a shell makes of that end. */
  private static final int KILLED_BY_SIGPIPE = 128 + 13;

  private Main() {}

  /**
   * Runs a command and exits with its status. The launcher says by system properties whether
   * standard output and error are both terminals ({@code bfcli.terminal}), whether standard error
   * is one that can erase lines ({@code bfcli.progress}), and whether somebody sits at standard
   * input ({@code bfcli.interactive}).
   */
  public static void main(String[] args) {
    PrintStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    Map<String, String> environment = System.getenv();
    boolean colour =
        Boolean.getBoolean("bfcli.terminal")
            && environment.getOrDefault(Settings.COLOUR_VARIABLE, "").isEmpty();
    List<String> words = List.of(args);
    Progress progress = Boolean.getBoolean("bfcli.progress") ? Progress.on(err) : null;
    Console console =
        new Console(System.in, out, err, colour, Boolean.getBoolean("bfcli.interactive"), progress);
    Optional<String> damaged = ArgumentBytes.damaged(words);
    if (damaged.isPresent()) {
      console.usageError(
          CommandParser.PROGRAM, "argument is not valid UTF-8: '" + damaged.get() + "'");
      System.exit(USAGE_ERROR);
    }
    int status = run(words, console, environment);
    // It takes 10 ms to find a logger for calls of exit.
    if (status != SUCCESS) {
      System.exit(status);
    }
  }

  /**
   * Runs a command, without colours.
   *
   * @param args the words behind the program name
   * @return the exit status
   */
  public static int run(
      String[] args,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment) {
    return run(List.of(args), new Console(in, out, err, false), environment);
  }

  static int run(List<String> words, Console console, Map<String, String> environment) {
    boolean debug = false;
    int status;
    try {
      Invocation invocation = new CommandParser(console).parse(words);
      switch (invocation) {
        case Invocation.Show show -> status = show(show, console);
        case Invocation.Run run -> {
          boolean counts = run.command().usesSettings(run.arguments());
          Settings settings = Settings.of(run.global(), counts ? environment : Map.of());
          debug = settings.says(Verbosity.DEBUG);
          Compilation compilation = Compilation.of(run.command(), run.arguments(), settings);
          status =
              run.command().answer(run.arguments(), new Session(console, settings, compilation));
        }
      }
    } catch (UsageException e) {
      console.usageError(e.program(), String.valueOf(e.getMessage()));
      status = USAGE_ERROR;
    } catch (CommandException e) {
      e.lines().forEach(console::error);
      status = status(e.errno());
    } catch (OutOfMemoryError e) {
      console.error(CommandException.withError("out of memory", Errno.ENOMEM));
      status = status(Errno.ENOMEM);
    } catch (RuntimeException | Error e) {
      console.abort("internal error, please report it: " + e);
      if (debug) {
        e.printStackTrace(console.err());
      } else {
        console.info("--verbose debug shows where it happened");
      }
      status = INTERNAL_ERROR;
    }
    if (console.flush()) {
      return status;
    }
    int lost = console.lossErrno();
    if (lost == Errno.EPIPE) {
      // Who stops reading has what it wanted. Java ignores the signal that ends other programs.
      return status == SUCCESS ? KILLED_BY_SIGPIPE : status;
    }
    console.error(CommandException.withError("failed to write standard output", lost));
    return status == SUCCESS ? status(lost) : status;
  }

  private static int show(Invocation.Show show, Console console) {
    return switch (show.text()) {
      case HELP -> {
        console.out().print(HelpText.help(show.command()));
        yield SUCCESS;
      }
      case VERSION -> {
        console.out().print("bfcli version " + VERSION + ", libbpfilter version " + VERSION + "\n");
        yield SUCCESS;
      }
      case USAGE -> {
        console.out().print(HelpText.usage(show.command()));
        yield USAGE_ERROR;
      }
      case COMMAND_MISSING -> {
        console.err().print(HelpText.usage(show.command()));
        yield USAGE_ERROR;
      }
    };
  }

  /** The low byte of minus the error number. */
  private static int status(int errno) {
    return (errno == Errno.ENOTSUPP ? -Errno.EOPNOTSUPP : -errno) & 0xff;
  }
}
