package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.Feature;
import dev.jbpfilter.loader.kernel.FeatureStatus;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureReportTest {
  /** Of an old kernel, without the right to create maps. */
  private final FeatureReport report = new FeatureReport("Linux 6.1.0", statuses());

  private static Map<Feature, FeatureStatus> statuses() {
    Map<Feature, FeatureStatus> statuses = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      statuses.put(feature, new FeatureStatus.Available());
    }
    statuses.put(Feature.TCX_LINK, new FeatureStatus.Missing());
    FeatureStatus unknown = new FeatureStatus.Unknown("BPF_MAP_CREATE: Operation not permitted");
    statuses.put(Feature.PERCPU_ARRAY_MAP, unknown);
    statuses.put(Feature.CONSTANT_MAP, unknown);
    return statuses;
  }

  private JsonTree json() {
    StringBuilder out = new StringBuilder();
    report.printJson(out);
    return JsonTree.parse(out.toString());
  }

  private static JsonTree named(JsonTree all, String name) {
    return all.elements().stream()
        .filter(each -> each.get("name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void text() {
    assertThat(report.text())
        .startsWith("Linux 6.1.0\n\nFeatures, whether they are here, and since when:\n")
        .contains(
            "\n  tcx_link                 no, Linux 6.6: traffic control links (TCX)\n",
            "\n  constant_map             unknown, Linux 5.2: arrays that programs can't write\n",
            "\n  xdp_link                 yes, Linux 5.9: XDP links\n",
            // What is missing counts more than what is not known.
            "\n  BF_HOOK_TC_INGRESS       no, Linux 6.6: path_fd ",
            "\n  BF_HOOK_XDP              unknown, Linux 6.5: path_fd ",
            "\n  meta.probability  yes, Linux 4.1: helper_get_prandom_u32\n",
            "\n  nothing more      meta.iface meta.l3_proto ",
            "\n  set                  unknown, Linux 5.2: constant_map\n");
    assertThat(report.text().lines()).allMatch(line -> line.length() <= PlainText.WIDTH);
  }

  @Test
  void reasonsAreToldOnce() {
    assertThat(report.problems())
        .containsExactly(
            "can't find out about some features: BPF_MAP_CREATE: Operation not permitted");
  }

  @Test
  void document() {
    JsonTree document = json();

    assertThat(document.get("format").text()).isEqualTo("jbpfilter-features");
    assertThat(document.get("kernel").text()).isEqualTo("Linux 6.1.0");
    JsonTree missing = named(document.get("features"), "tcx_link");
    assertThat(missing.get("available").isTrue()).isFalse();
    assertThat(missing.get("since").text()).isEqualTo("6.6");
    JsonTree unknown = named(document.get("features"), "constant_map");
    assertThat(unknown.has("available")).isFalse();
    assertThat(unknown.get("problem").text()).isEqualTo("BPF_MAP_CREATE: Operation not permitted");
    JsonTree hook = named(document.get("hooks"), "BF_HOOK_TC_EGRESS");
    assertThat(hook.get("available").isTrue()).isFalse();
    assertThat(hook.get("needs").elements()).isNotEmpty();
    JsonTree modest = named(document.get("matchers"), "tcp.dport");
    assertThat(modest.get("available").isTrue()).isTrue();
    assertThat(modest.get("needs").elements()).isEmpty();
    assertThat(document.get("others").elements()).hasSize(9);
  }
}
