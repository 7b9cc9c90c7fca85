package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresBpf
class SharedMapsTest {
  private Installation kernel;

  @BeforeEach
  void install() throws IOException {
    kernel = new Installation();
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    kernel.close();
  }

  /** A chain with two sets in maps of their own, whose sizes don't depend on the element. */
  private static String chain(String address, int port) {
    return "chain c BF_HOOK_XDP ACCEPT\n"
        + "set a (ip4.saddr) in {"
        + address
        + "}\n"
        + "set p (tcp.dport) in {"
        + port
        + "}\n"
        + "rule (ip4.saddr) in a counter DROP\n"
        + "rule (tcp.dport) in p log counter CONTINUE\n";
  }

  @Test
  void tablesAreSharedIfTheyHoldTheSame() {
    kernel.set(chain("192.0.2.1", 80));
    assertThat(shared(chain("192.0.2.1", 80)))
        .containsExactlyInAnyOrder("bf_cmap", "bf_lmap", "bf_lost", "bf_set_0000", "bf_set_0001");
    assertThat(shared(chain("192.0.2.2", 80)))
        .containsExactlyInAnyOrder("bf_cmap", "bf_lmap", "bf_lost", "bf_set_0001");
    assertThat(shared(chain("192.0.2.1", 81)))
        .containsExactlyInAnyOrder("bf_cmap", "bf_lmap", "bf_lost", "bf_set_0000");
  }

  @Test
  void mapsOfOtherSizesAreNotShared() {
    kernel.set(chain("192.0.2.1", 80));
    assertThat(shared(chain("192.0.2.1", 80) + "rule ip4.proto 6 counter ACCEPT\n"))
        .doesNotContain("bf_cmap");
  }

  /** The names of the maps that a chain can take over from the loaded one. */
  private Set<String> shared(String text) {
    CompiledChain compiled = Compiler.compile(parse(text));
    try (ChainDirectory directory = new ChainDirectory(kernel.kernel, kernel.directory("c"))) {
      Map<String, BpfMap> maps = new SharedMaps(directory, directory.state()).open(compiled);
      maps.values().forEach(BpfMap::close);
      return Set.copyOf(maps.keySet());
    }
  }
}
