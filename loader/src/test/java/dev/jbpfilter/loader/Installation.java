package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A BPF file system and a network name space of a test's own, and what is in them. */
final class Installation implements AutoCloseable {
  /** How many bytes {@link #count} sends. */
  static final int PACKET = 64;

  final Kernel kernel = Kernel.system();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final PrivateBpffs bpffs;
  final NetworkNamespace namespace;

  Installation() throws IOException {
    bpffs = new PrivateBpffs();
    namespace = new NetworkNamespace();
  }

  /** A chain that the kernel has, seen past what is listed. */
  record Observed(LoadedChain listed, int programId, List<LinkInfo> links) {
    /** The first link, if the chain is attached. */
    Optional<LinkInfo> link() {
      return links.stream().findFirst();
    }

    HookOptions options() {
      return listed.chain().options();
    }
  }

  /** The only chain of a text. */
  static Chain parse(String text) {
    return RulesetParser.parse(new Source("test", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  /** The index of a device of the name space. */
  int index(String device) {
    return namespace.call(() -> kernel.interfaceIndex(device));
  }

  /** What an operation tells, run in the name space and by a process of its own, as it were. */
  <T> T call(Kernel used, Function<Bpfilter, T> operation) {
    return namespace.call(() -> {
      try (Bpfilter bpfilter = Bpfilter.open(used, bpffs.path(), events::add)) {
        return operation.apply(bpfilter);
      }
    });
  }

  <T> T call(Function<Bpfilter, T> operation) {
    return call(kernel, operation);
  }

  void run(Kernel used, Consumer<Bpfilter> operation) {
    call(
        used,
        bpfilter -> {
          operation.accept(bpfilter);
          return true;
        });
  }

  void run(Consumer<Bpfilter> operation) {
    run(kernel, operation);
  }

  void set(String text) {
    run(bpfilter -> bpfilter.setChain(parse(text)));
  }

  /** The names of the chains, as listed. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (LoadedChain chain : call(Bpfilter::chains)) {
      names.add(chain.chain().name());
    }
    return names;
  }

  Observed observe(String name) {
    LoadedChain listed = call(bpfilter -> bpfilter.chain(name));
    try (Directory directory = directory(name);
        BpfProgram program = directory.openProgram("bf_prog")) {
      return new Observed(listed, program.info().id(), links(directory));
    }
  }

  /** Everything that is there, in the order of listings. */
  List<Observed> observe() {
    List<Observed> all = new ArrayList<>();
    for (String name : names()) {
      all.add(observe(name));
    }
    return all;
  }

  /** Lets a chain's program see a packet that is neither IPv4 nor IPv6; returns what it says. */
  int count(String name) {
    return run(name, new byte[PACKET]);
  }

  /** Lets a chain's program see a packet; returns what it says. */
  int run(String name, byte[] packet) {
    try (BpfProgram program = call(bpfilter -> bpfilter.openProgram(name))) {
      return program.run(TestRun.of(packet)).returnValue();
    }
  }

  Directory directory(String name) {
    return kernel.openDirectory(bpffs.path() + "/bpfilter/" + name);
  }

  /** What is in the store, or in a chain's directory. */
  List<String> entries(String name) {
    try (Directory directory = directory(name)) {
      List<String> entries = new ArrayList<>();
      for (Directory.Entry entry : directory.entries()) {
        entries.add(entry.name());
      }
      return entries;
    }
  }

  @Override
  public void close() throws IOException {
    try (bpffs) {
      namespace.close();
    }
  }

  private static List<LinkInfo> links(Directory directory) {
    List<LinkInfo> links = new ArrayList<>();
    for (String name : List.of("bf_link", "bf_link_extra")) {
      if (directory.identityOf(name).isPresent()) {
        try (BpfLink link = directory.openLink(name)) {
          links.add(link.info());
        }
      }
    }
    return links;
  }
}
