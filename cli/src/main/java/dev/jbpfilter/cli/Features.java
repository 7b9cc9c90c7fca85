package dev.jbpfilter.cli;

import java.util.List;

/** {@code features}: what the kernel offers, and what rules need of it. */
final class Features extends Command {
  Features() {
    super(
        "features",
        "Lists what this kernel offers, and what each hook and matcher needs.",
        List.of(),
        List.of(Option.FORMAT));
  }

  @Override
  List<String> details() {
    return List.of(
        "Each feature is shown with whether it is here and the first release of Linux that has it;"
            + " what rules can say, with the features that it needs. A matcher, set or action needs"
            + " what its hook needs, too.",
        "Whether a feature is here is found out by trying it: programs are loaded, maps created and"
            + " both closed again, and nothing is attached or pinned. For most of that, privileges"
            + " are needed; without them, the list says unknown, and a warning why. With"
            + " --with-bpf-token, the list is about what can be loaded with the token.",
        "--format json prints one document for programs; doc/json.md describes it.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Find out what this kernel can do", "bfcli features"),
        new Example(
            "List the hooks that work here",
            "bfcli features --format json |\n" + "    jq -r '.hooks[] | select(.available).name'"));
  }

  @Override
  String help(Option option) {
    return option == Option.FORMAT
        ? "how to print features: text (default), or json for programs"
        : super.help(option);
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ListFormat.requireTextOrJson(arguments, this);
  }

  @Override
  void run(Arguments arguments, Session session) {
    FeatureReport report = KernelAccess.features(session);
    Console console = session.console();
    if (ListFormat.of(arguments) == ListFormat.JSON) {
      report.printJson(console.out());
    } else {
      console.out().print(report.text());
    }
    report.problems().forEach(console::warning);
  }
}
