package org.finchnas.searchspace.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CellDrawingTest {

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(String svg) throws Exception {
    NodeList nodes = parse(svg).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @ParameterizedTest
  @EnumSource
  void shows_every_operation_and_sum_of_a_published_cell(PublishedCells cells) throws Exception {
    Architecture architecture = Architecture.parse(cells.notation());
    List<String> texts = texts(CellDrawing.svg(architecture));

    assertThat(texts).contains("Normal cell", "Reduction cell");
    int blocks = architecture.normal().blocks().size() + architecture.reduction().blocks().size();
    assertThat(texts.stream().filter("+"::equals)).hasSize(blocks);
    for (Cell cell : List.of(architecture.normal(), architecture.reduction())) {
      for (Block block : cell.blocks()) {
        assertThat(texts).contains(OperationLabel.of(block.leftOperation()).text());
        assertThat(texts).contains(OperationLabel.of(block.rightOperation()).text());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void boxes_of_random_cells_lie_on_the_page_and_apart(long seed) throws Exception {
    CellSearchSpace space =
        new CellSearchSpace(List.of(Operation.values()), 7, List.of(1), List.of(8), Stem.CIFAR, 32);
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      String svg = CellDrawing.svg(space.sample(random).normal(), "A <cell> & more");
      Document document = parse(svg);
      double width = number(document.getDocumentElement(), "width");
      List<Box> boxes = boxes(document);

      // Fourteen operations, two inputs, the concatenation and the output.
      assertThat(boxes).hasSize(18);
      for (Box box : boxes) {
        assertThat(box.left()).isGreaterThan(-24);
        assertThat(box.left() + box.width()).isLessThan(width - 20);
        assertThat(boxes.stream().filter(other -> overlap(box, other))).hasSize(1);
      }
    }
  }

  private static List<Box> boxes(Document document) {
    NodeList rectangles = document.getElementsByTagName("rect");
    List<Box> boxes = new ArrayList<>();
    // The first is the background.
    for (int i = 1; i < rectangles.getLength(); i++) {
      Element rectangle = (Element) rectangles.item(i);
      boxes.add(
          new Box(
              number(rectangle, "x"),
              number(rectangle, "y"),
              number(rectangle, "width"),
              number(rectangle, "height")));
    }
    return boxes;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static boolean overlap(Box a, Box b) {
    return a.left() < b.left() + b.width()
        && b.left() < a.left() + a.width()
        && a.top() < b.top() + b.height()
        && b.top() < a.top() + a.height();
  }

  @Test
  void equal_architectures_give_equal_drawings() {
    Architecture architecture = Architecture.parse(PublishedCells.AMOEBANET_A_MOBILE.notation());

    assertThat(CellDrawing.svg(architecture)).isEqualTo(CellDrawing.svg(architecture));
  }
}
