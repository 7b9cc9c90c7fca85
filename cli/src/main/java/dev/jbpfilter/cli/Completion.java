package dev.jbpfilter.cli;

import java.util.List;

/** {@code completion}: the script that makes a shell complete command lines. */
final class Completion extends Command {
  Completion() {
    super("completion", "Prints what makes a shell complete bfcli's words.", List.of(), List.of());
  }

  @Override
  Operand operand() {
    return new Operand(Value.SHELL, "the shell: " + Value.SHELL.words());
  }

  @Override
  List<String> details() {
    return List.of(
        "The script completes commands, options, values, files, and the names of chains, which it"
            + " finds in the BPF file system by itself. The head of the script says where each shell"
            + " looks for it.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Complete in this bash", "source <(bfcli completion bash)"),
        new Example(
            "Complete in every bash of this user",
            "bfcli completion bash > ~/.local/share/bash-completion/completions/bfcli"),
        new Example(
            "The same in fish", "bfcli completion fish > ~/.config/fish/completions/bfcli.fish"),
        new Example(
            "The same in zsh, if that directory is in $fpath",
            "bfcli completion zsh > ~/.zsh/completions/_bfcli"));
  }

  @Override
  boolean usesSettings(Arguments arguments) {
    return false;
  }

  @Override
  void run(Arguments arguments, Session session) {
    String script =
        switch (arguments.operand().orElseThrow()) {
          case "bash" -> BashCompletion.script();
          case "zsh" -> ZshCompletion.script();
          default -> FishCompletion.script();
        };
    session.console().out().print(script);
  }
}
