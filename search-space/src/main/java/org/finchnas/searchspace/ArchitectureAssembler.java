package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** Stacks the cells of one architecture: stem, three stacks with a reduction between, head. */
final class ArchitectureAssembler {

  private static final int STACKS = 3;

  private final Architecture architecture;
  private final Macro macro;
  private final NetworkBuilder builder;
  private final LayerChain input;
  private final int cells;
  private final List<Integer> outputs = new ArrayList<>();

  // Grows with every cell added.
  private int assembled;

  ArchitectureAssembler(Architecture architecture, Shape image) {
    this.architecture = architecture;
    macro = architecture.macro();
    builder = new NetworkBuilder(architecture.notation(), image);
    input = new LayerChain(builder, "", macro.batchNorm(), builder.input());
    boolean stemHasCells = macro.stem() == Stem.IMAGENET && macro.wiring().stemHasCells();
    int reductions = macro.wiring().reducesInStack() ? 0 : STACKS - 1;
    cells = (stemHasCells ? 2 : 0) + STACKS * macro.cellsPerStack() + reductions;
  }

  Network assemble(int classes) {
    stem();
    int filters = macro.initialFilters();
    for (int stack = 1; stack <= STACKS; stack++) {
      int beforeReduction = beforePrevious();
      int normal = macro.cellsPerStack();
      if (stack > 1) {
        filters *= 2;
        reduction("reduction_" + (stack - 1), filters);
        normal -= macro.wiring().reducesInStack() ? 1 : 0;
      }
      for (int i = 1; i <= normal; i++) {
        boolean skip = i == 1 && macro.skipReductionInput();
        int before = skip ? beforeReduction : beforePrevious();
        add("stack_%d/cell_%d".formatted(stack, i), architecture.normal(), filters, 1, before);
      }
    }
    return head(classes);
  }

  private void stem() {
    switch (macro.stem()) {
      case CIFAR -> {
        int filters = macro.initialFilters() * macro.stemMultiplier();
        stemConvolution(filters, macro.wiring().window(input.shape(), 3, 3, 1, 1, 1));
      }
      case IMAGENET -> {
        if (macro.wiring().stemHasCells()) {
          stemConvolution(32 * macro.stemMultiplier(), Window.square(3, 2, 0));
          reduction("stem/cell_1", macro.initialFilters() / 4);
          reduction("stem/cell_2", macro.initialFilters() / 2);
        } else {
          stemOfConvolutions();
        }
      }
    }
  }

  /** What DARTS begins with: the first output after two halvings, the second after three. */
  private void stemOfConvolutions() {
    int filters = macro.initialFilters();
    Window half = Window.square(3, 2, 1);
    LayerChain first =
        input
            .in("stem")
            .convolution("convolution_1", filters / 2, half)
            .batchNorm("batch_norm_1")
            .activation("activation_1", macro.activation())
            .convolution("convolution_2", filters, half)
            .batchNorm("batch_norm_2");
    outputs.add(first.node());
    LayerChain second =
        first
            .activation("activation_2", macro.activation())
            .convolution("convolution_3", filters, half)
            .batchNorm("batch_norm_3");
    outputs.add(second.node());
  }

  private void stemConvolution(int filters, Window window) {
    LayerChain chain = input.in("stem").convolution("convolution", filters, window);
    outputs.add(chain.batchNorm("batch_norm").node());
  }

  private void reduction(String name, int filters) {
    add(name, architecture.reduction(), filters, 2, beforePrevious());
  }

  private void add(String name, Cell cell, int filters, int stride, int beforePrevious) {
    assembled++;
    CellAssembler assembler =
        new CellAssembler(cell, filters, stride, macro, (double) assembled / cells);
    outputs.add(assembler.assemble(input.in(name), previous(), beforePrevious).node());
  }

  private int previous() {
    return outputs.get(outputs.size() - 1);
  }

  private int beforePrevious() {
    return outputs.get(Math.max(0, outputs.size() - 2));
  }

  private Network head(int classes) {
    LayerChain last = input.from(previous()).in("head");
    LayerChain active = macro.wiring().activatesHead() ? last.activation(macro.activation()) : last;
    LayerChain pooled = active.add("pool", new Layer.GlobalAveragePooling());
    LayerChain kept =
        macro.headKeep() < 1 ? pooled.add("dropout", new Layer.Dropout(macro.headKeep())) : pooled;
    Layer.Dense dense = new Layer.Dense(classes, macro.wiring().biasesHead());
    return builder.build(kept.add("dense", dense).node());
  }
}
