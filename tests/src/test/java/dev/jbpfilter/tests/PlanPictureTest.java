package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.PlanDot;
import dev.jbpfilter.cgen.analysis.PlanSvg;
import dev.jbpfilter.ruleset.Ruleset;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures of plans are what their readers can read, whatever the plan is. */
class PlanPictureTest {
  private static final Pattern NODE =
      Pattern.compile("  (\\w+) \\[fillcolor=\"#[0-9a-f]{6}\", label=\"(?:[^\"\\\\]|\\\\.)+\"];");

  private static final Pattern EDGE = Pattern.compile("  (\\w+) -> (\\w+);");

  static Stream<CompiledChain> chains() {
    StringBuilder two = new StringBuilder("chain two BF_HOOK_TC_INGRESS DROP\n");
    for (int i = 0; i < 20; i++) {
      two.append("rule ip4.saddr 10.0.0.").append(i).append(" counter DROP\n");
    }
    two.append("rule tcp.dport 22 mark 1 CONTINUE\n");
    for (int i = 0; i < 20; i++) {
      two.append("rule meta.mark ").append(i).append(" tcp.dport ").append(i).append(" log DROP\n");
    }
    return Stream.of(
            "chain none BF_HOOK_XDP ACCEPT",
            "chain few BF_HOOK_NF_FORWARD DROP rule tcp.dport 22 counter ACCEPT",
            "chain calls BF_HOOK_CGROUP_SOCK_ADDR_CONNECT6 DROP rule udp.dport 53 ACCEPT",
            two.toString())
        .map(text -> Compiler.compile(Ruleset.parse(text).chains().getFirst()));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void graphvizFindsEveryNodeOfEveryEdge(CompiledChain chain) throws Exception {
    String text = PlanDot.print(chain);
    Set<String> nodes = new HashSet<>();
    Set<String> joined = new HashSet<>();
    for (String line : text.lines().toList()) {
      Matcher node = NODE.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (node.matches()) {
        nodes.add(node.group(1));
      } else if (edge.matches()) {
        joined.add(edge.group(1));
        joined.add(edge.group(2));
      } else {
        assertThat(line).matches("digraph \"[^\"]+\" \\{|  rankdir=LR;|  (node|edge) \\[.*];|}");
      }
    }
    assertThat(joined).isEqualTo(nodes).contains("hook", "parse", "end");
    assertThatGraphvizTakes(text);
  }

  /** Where Graphviz is installed. */
  private static void assertThatGraphvizTakes(String text)
      throws IOException, InterruptedException {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (new File(directory, "dot").canExecute()) {
        Process dot =
            new ProcessBuilder(directory + "/dot", "-Tcanon").redirectErrorStream(true).start();
        dot.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        dot.getOutputStream().close();
        String said = new String(dot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dot.waitFor()).as(said).isZero();
        return;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void pictureIsXmlWhoseBoxesAreWithinIt(CompiledChain chain) throws Exception {
    Element svg = parse(PlanSvg.print(chain));
    int width = Integer.parseInt(svg.getAttribute("width"));
    int height = Integer.parseInt(svg.getAttribute("height"));
    NodeList boxes = svg.getElementsByTagName("rect");
    assertThat(boxes.getLength()).isGreaterThan(2);
    for (int i = 0; i < boxes.getLength(); i++) {
      Element box = (Element) boxes.item(i);
      if (box.hasAttribute("x")) {
        assertThat(end(box, "x", "width")).isLessThan(width);
        assertThat(end(box, "y", "height")).isLessThan(height);
      }
    }
  }

  private static int end(Element box, String start, String size) {
    return Integer.parseInt(box.getAttribute(start)) + Integer.parseInt(box.getAttribute(size));
  }

  @Test
  void picturesNeedNothingElse() {
    String svg = PlanSvg.print(chains().toList().getLast());
    assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "<image", "<script", "@import");
    assertThat(svg).contains("prefers-color-scheme:dark");
  }

  private static Element parse(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }
}
