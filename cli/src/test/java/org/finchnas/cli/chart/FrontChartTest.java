package org.finchnas.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FrontChartTest {

  private static final Axis MACS = new Axis("MACs of one image", Axis.Format.COUNT);
  private static final Axis ACCURACY = new Axis("validation accuracy", Axis.Format.PERCENT);

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String tag, String style) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = document.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").equals(style)) {
        found.add(element);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void marksTheFrontAndTheOthersOnce() throws Exception {
    List<Point> front = List.of(new Point(2e6, 0.5, "12"), new Point(8e6, 0.7, "31"));
    List<Point> all = new ArrayList<>(front);
    all.add(new Point(9e6, 0.6, "5"));
    Document document = parse(FrontChart.svg("Found", MACS, ACCURACY, all, front));

    // One more of each in the legend.
    assertThat(elements(document, "circle", "front")).hasSize(3);
    assertThat(elements(document, "circle", "other")).hasSize(2);
    assertThat(elements(document, "text", "label"))
        .extracting(Element::getTextContent)
        .containsExactlyInAnyOrder("12", "31");
    assertThat(elements(document, "circle", "front").get(1).getTextContent())
        .isEqualTo("12: 50 %, 2 M");
  }

  @Test
  void baselinesAreDiamondsWithTheirNamesAndNoPartOfTheFront() throws Exception {
    List<Point> front = List.of(new Point(2e6, 0.5, "12"), new Point(8e6, 0.7, "31"));
    List<Point> baselines = List.of(new Point(3e6, 0.9, "resnet"), new Point(5e6, 0.2, "mlp"));
    Document document = parse(FrontChart.svg("Found", MACS, ACCURACY, front, front, baselines));

    // One more of each in the legend.
    assertThat(elements(document, "path", "baseline")).hasSize(3);
    assertThat(elements(document, "circle", "front")).hasSize(3);
    assertThat(elements(document, "text", "named"))
        .extracting(Element::getTextContent)
        .containsExactly("resnet", "mlp");
    Document without = parse(FrontChart.svg("Found", MACS, ACCURACY, front, front));
    assertThat(elements(without, "path", "baseline")).isEmpty();
    parse(FrontChart.svg("Found", MACS, ACCURACY, List.of(), List.of(), baselines));
  }

  @Test
  void betterIsHigherAndCostlierIsFurtherRight() throws Exception {
    List<Point> front = List.of(new Point(8e6, 0.7, "b"), new Point(2e6, 0.5, "a"));
    List<Element> marks =
        elements(parse(FrontChart.svg("Found", MACS, ACCURACY, front, front)), "circle", "front");
    assertThat(number(marks.get(1), "cx")).isLessThan(number(marks.get(2), "cx"));
    assertThat(number(marks.get(1), "cy")).isGreaterThan(number(marks.get(2), "cy"));
  }

  @Test
  void wordsAreEscaped() throws Exception {
    List<Point> front = List.of(new Point(1, 0.5, "<&\">"));
    Document document = parse(FrontChart.svg("A & B < C", MACS, ACCURACY, front, front));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("A & B < C");
  }

  @Test
  void labelsStayInsideAndApart() throws Exception {
    Random random = new Random(1);
    List<Point> front = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      front.add(new Point(1e6 * (i + random.nextDouble()), 0.3 + i * 0.01, "#" + i));
    }
    List<Element> labels =
        elements(parse(FrontChart.svg("Found", MACS, ACCURACY, front, front)), "text", "label");
    assertThat(labels).hasSizeGreaterThan(10);
    for (Element label : labels) {
      for (Element other : labels) {
        boolean apart =
            Math.abs(number(label, "x") - number(other, "x")) > 12
                || Math.abs(number(label, "y") - number(other, "y")) > 11;
        assertThat(apart || label == other).isTrue();
      }
      assertThat(number(label, "x")).isBetween(64.0, 732.0);
    }
  }

  @Test
  void drawsNothingAndOnePointAndEqualPoints() throws Exception {
    parse(FrontChart.svg("Found", MACS, ACCURACY, List.of(), List.of()));
    for (double value : new double[] {0, 1}) {
      List<Point> one = List.of(new Point(value, value, ""), new Point(value, value, ""));
      String svg = FrontChart.svg("Found", MACS, ACCURACY, one, one);
      parse(svg);
      assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void onlyFiniteValuesCanBeDrawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Point(1, Double.NaN, "7"))
        .withMessageContaining("7 lies at (1.0, NaN)");
  }
}
