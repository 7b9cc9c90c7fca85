package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A real shell that has read its completion script. */
enum CompletingShell {
  /** Gets the words as readline cuts them. */
  BASH(
      """
      source "$1"
      shift
      for line; do
        read -r -a COMP_WORDS <<<"${line//=/ = }"
        [[ $line != *' ' ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
        _bfcli bfcli "${COMP_WORDS[COMP_CWORD]}" ''
        ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
        echo '<end>'
      done
      """),

  /** Completes at a prompt on a terminal of its own; what is added to the list is noted. */
  ZSH(
      """
      zmodload zsh/zpty || exit 3
      export BFCLI_SCRIPT=$1 BFCLI_NOTED=$PWD/.noted
      shift
      cat >.setup <<'END'
      PROMPT=
      autoload -Uz compinit
      compinit -D -u
      source $BFCLI_SCRIPT
      compadd() {
        local -a hits
        if [[ "${@[1,(i)(-|--)]}" != *-[OAD]\\ * ]]; then
          builtin compadd -O hits "$@"
          print -rl -- $hits >>$BFCLI_NOTED
        fi
        builtin compadd "$@"
      }
      _noting() { _main_complete; print -- '<end>' >>$BFCLI_NOTED }
      zle -C noting complete-word _noting
      bindkey '^I' noting
      print '<end>' >>$BFCLI_NOTED
      END
      zpty terminal zsh -f -i
      wait_for() {
        for i in {1..1000}; do
          zpty -r -t terminal shown
          [[ -e .noted && $(grep -c '<end>' .noted) == $1 ]] && return
          sleep 0.01
        done
        print -u2 "zsh hangs"
        exit 3
      }
      zpty -w terminal source .setup
      ends=1
      wait_for 1
      for line; do
        # The first key empties the line.
        zpty -w -n terminal $'\\C-U'"$line"$'\\t'
        wait_for $((++ends))
      done
      zpty -d terminal
      sed 1d .noted
      """),

  FISH(
      """
      source $argv[1]
      for line in $argv[2..-1]
          complete -C $line | string replace -r '\\t.*' ''
          echo '<end>'
      end
      """);

  private static final int SECONDS = 120;

  private final String program;

  CompletingShell(String program) {
    this.program = program;
  }

  /** The name of the program. */
  String shell() {
    return switch (this) {
      case BASH -> "bash";
      case ZSH -> "zsh";
      case FISH -> "fish";
    };
  }

  /** Skips the test that calls it where there is no such shell. */
  void require() {
    assumeTrue(isInstalled(shell()), shell() + " is not installed");
  }

  /** Whether there is a program of that name. */
  static boolean isInstalled(String name) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, name))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the shell offers at the end of each of {@code lines}, sorted, without the {@code
   * --option=} it stands behind.
   *
   * @param directory where it runs; it has {@code bpffs}, the default BPF file system
   */
  List<List<String>> complete(List<String> lines, Path directory)
      throws IOException, InterruptedException {
    List<List<String>> all = new ArrayList<>();
    TreeSet<String> offered = new TreeSet<>();
    for (String word : run(lines, directory)) {
      if (word.equals("<end>")) {
        all.add(List.copyOf(offered));
        offered.clear();
      } else if (!word.isEmpty()) {
        offered.add(word.startsWith("--") ? word.substring(word.indexOf('=') + 1) : word);
      }
    }
    assertThat(all).hasSameSizeAs(lines);
    return all;
  }

  private List<String> run(List<String> lines, Path directory)
      throws IOException, InterruptedException {
    Path script = Files.writeString(directory.resolve(".script"), Bfcli.completion(shell()));
    List<String> command = new ArrayList<>(List.of(shell()));
    // The other two call their first word $0.
    command.addAll(
        this == FISH ? List.of("--no-config", "-c", program) : List.of("-c", program, shell()));
    command.add(script.toString());
    command.addAll(lines);
    Path out = directory.resolve(".out");
    Path err = directory.resolve(".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("BF_BPFFS_PATH", directory.resolve("bpffs").toString());
    Process process = builder.start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(shell() + " did not end");
    }
    assertThat(err).content().isEmpty();
    return Files.readAllLines(out);
  }
}
