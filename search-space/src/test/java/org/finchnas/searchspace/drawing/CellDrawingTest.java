package org.finchnas.searchspace.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
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

class CellDrawingTest {

  @ParameterizedTest
  @EnumSource
  void shows_every_operation_and_sum_of_a_published_cell(PublishedCells cells) throws Exception {
    Architecture architecture = Architecture.parse(cells.notation());
    List<String> texts = Picture.of(CellDrawing.svg(architecture)).texts();

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
      Picture picture = Picture.of(svg);
      List<Box> boxes = picture.boxes();

      // Fourteen operations, two inputs, the concatenation and the output.
      assertThat(boxes).hasSize(18);
      for (Box box : boxes) {
        assertThat(Picture.contains(picture.page(), box)).isTrue();
        assertThat(boxes.stream().filter(other -> Picture.overlap(box, other))).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void labels_fit_their_boxes(Operation operation) throws Exception {
    Cell cell = new Cell(List.of(new Block(0, operation, 1, operation)), List.of(2));
    String label = OperationLabel.of(operation).text();
    Picture picture = Picture.of(CellDrawing.svg(cell, "One"));

    double width = picture.boxes(OperationLabel.of(operation).family().stroke()).get(0).width();
    assertThat(width).isGreaterThan(Svg.textWidth(label, 12));
  }

  @Test
  void equal_architectures_give_equal_drawings() {
    Architecture architecture = Architecture.parse(PublishedCells.AMOEBANET_A_MOBILE.notation());

    assertThat(CellDrawing.svg(architecture)).isEqualTo(CellDrawing.svg(architecture));
  }
}
