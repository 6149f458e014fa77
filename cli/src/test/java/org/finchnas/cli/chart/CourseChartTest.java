package org.finchnas.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CourseChartTest {

  private static CourseChart.Panel panel(boolean logarithmic, CourseChart.Course... courses) {
    return new CourseChart.Panel(
        "figure <b>",
        new Axis("evaluations", Axis.Format.COUNT),
        new Axis("", Axis.Format.NUMBER),
        logarithmic,
        List.of(courses));
  }

  private static CourseChart.Course course(String name, double... values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Point(i + 1, values[i], ""));
    }
    return new CourseChart.Course(name, points);
  }

  private static List<Element> courses(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList paths = document.getElementsByTagName("path");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < paths.getLength(); i++) {
      elements.add((Element) paths.item(i));
    }
    return elements;
  }

  @Test
  void aStrategyHasOneColourInAllPanels() throws Exception {
    String svg =
        CourseChart.svg(
            "a & b",
            List.of(
                panel(true, course("one", 1, 0.1), course("two", 1, 0.01)),
                panel(false, course("two", 0.2, 0.4))));
    List<Element> drawn = courses(svg);
    assertThat(drawn).hasSize(3);
    assertThat(drawn.get(1).getAttribute("stroke"))
        .isEqualTo(drawn.get(2).getAttribute("stroke"))
        .isNotEqualTo(drawn.get(0).getAttribute("stroke"));
  }

  @Test
  void equalRatiosGetEqualRoomOnALogarithmicAxis() throws Exception {
    String path =
        courses(CourseChart.svg("t", List.of(panel(true, course("one", 1, 0.1, 0.01)))))
            .get(0)
            .getAttribute("d");
    double[] heights =
        Arrays.stream(path.substring(1).split("L"))
            .mapToDouble(point -> Double.parseDouble(point.split(",")[1]))
            .toArray();
    assertThat(heights[2] - heights[1])
        .isCloseTo(heights[1] - heights[0], within(0.2))
        .isPositive();
  }

  @Test
  void nothingMeasuredIsSaid() throws Exception {
    assertThat(CourseChart.svg("t", List.of(panel(false)))).contains("Nothing was measured");
  }
}
