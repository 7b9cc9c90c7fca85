package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jbpfilter.tests.benchmarks.Chart.Line;
import dev.jbpfilter.tests.benchmarks.Chart.Point;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class SvgChartTest {
  private static final Line STEEP =
      new Line("steep <1>", 0, false, List.of(new Point(1, 0.5), new Point(1_000, 1_500)));
  private static final Line LEVEL =
      new Line("level & low", 1, true, List.of(new Point(1, 8.7), new Point(1_000, 1_400)));
  private static final Chart CHART =
      new Chart("Time > 0", "rules", "nanoseconds", List.of(STEEP, LEVEL));

  @Test
  void thePictureIsXmlThatTellsItsValues() throws Exception {
    Document picture = parse(SvgChart.write(CHART));
    assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(texts(picture, "title").getFirst()).isEqualTo("Time > 0");
    assertThat(texts(picture, "desc"))
        .containsExactly(
            "nanoseconds against rules. steep <1>: 0.5 at 1, 1\u00a0500 at 1\u00a0000."
                + " level & low: 8.7 at 1, 1\u00a0400 at 1\u00a0000.");
  }

  @Test
  void decadesAxesAndLinesAreNamed() throws Exception {
    assertThat(texts(parse(SvgChart.write(CHART)), "text"))
        .containsExactly(
            "Time > 0",
            "steep <1>",
            "level & low",
            "1",
            "10",
            "100",
            "1\u00a0000",
            "0.1",
            "1",
            "10",
            "100",
            "1\u00a0000",
            "10\u00a0000",
            "rules",
            "nanoseconds",
            "steep <1> 1\u00a0500",
            "level & low 1\u00a0400");
  }

  @Test
  void namesAtTheEndsOfLinesDoNotCoverEachOther() throws Exception {
    NodeList texts = parse(SvgChart.write(CHART)).getElementsByTagName("text");
    List<Double> places = new ArrayList<>();
    for (int i = texts.getLength() - 2; i < texts.getLength(); i++) {
      places.add(Double.parseDouble(((Element) texts.item(i)).getAttribute("y")));
    }
    assertThat(places.get(1) - places.get(0)).isGreaterThanOrEqualTo(14);
  }

  @Test
  void theLocaleDoesNotMatter() {
    String expected = SvgChart.write(CHART);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(SvgChart.write(CHART)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aDecadeHasTheSameLengthEverywhere() {
    LogAxis axis = LogAxis.of(List.of(3.0, 40_000.0), 100, 600);
    assertThat(axis).isEqualTo(new LogAxis(0, 5, 100, 600));
    assertThat(axis.place(1)).isEqualTo(100);
    assertThat(axis.place(1_000)).isCloseTo(400, within(1e-9));
    assertThat(axis.place(100_000)).isCloseTo(600, within(1e-9));
  }

  @Test
  void anAxisHasAtLeastOneDecade() {
    assertThat(LogAxis.of(List.of(100.0), 0, 1)).isEqualTo(new LogAxis(2, 3, 0, 1));
    assertThat(LogAxis.of(List.of(0.1), 0, 1)).isEqualTo(new LogAxis(-1, 0, 0, 1));
  }

  @Test
  void whatIsNotPositiveIsAtTheEnd() {
    LogAxis axis = LogAxis.of(List.of(-4.0, 10.0), 0, 1);
    assertThat(axis).isEqualTo(new LogAxis(-1, 1, 0, 1));
    assertThat(axis.place(-4)).isZero();
  }

  @Test
  void aLegendThatIsTooWideGoesOnBelow() throws Exception {
    Line line = new Line("a name of some length, and more", 0, false, STEEP.points());
    NodeList texts =
        parse(SvgChart.write(new Chart("a", "b", "c", List.of(line, line, line))))
            .getElementsByTagName("text");
    List<String> places = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Element name = (Element) texts.item(i);
      places.add(name.getAttribute("x") + " " + name.getAttribute("y"));
    }
    assertThat(places).containsExactly("106.0 56.0", "362.6 56.0", "106.0 74.0");
  }

  @Test
  void anEmptyPictureIsRefused() {
    assertThatThrownBy(() -> new Chart("a", "b", "c", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Line("a", 0, false, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Line("a", SvgChart.COLORS, false, STEEP.points()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Document parse(String text)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<String> texts(Document document, String tag) {
    List<String> texts = new ArrayList<>();
    NodeList elements = document.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    return texts;
  }
}
