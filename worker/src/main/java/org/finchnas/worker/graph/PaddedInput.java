package org.finchnas.worker.graph;

import java.util.Arrays;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What a window slides over, and ND4J's arguments for it. ND4J pads symmetrically or by the SAME
 * rule; for any other padding the input is first copied into a larger array.
 */
final class PaddedInput {

  private final Window window;
  private final boolean same;
  private final @Nullable Buffer padded;
  private final @Nullable Buffer gradient;
  private final Filling filling;

  /** What a padded pixel counts as where it has to be written. */
  enum Filling {
    ZERO(0),
    /** Below every value, for a maximum; finite, as infinity times zero is not a number. */
    LOWEST(-Float.MAX_VALUE);

    private final double value;

    Filling(double value) {
      this.value = value;
    }
  }

  PaddedInput(Kernel.Place place, Shape input, Window window, Filling filling) {
    this.window = window;
    this.filling = filling;
    Padding padding = window.padding();
    boolean symmetric = padding.top() == padding.bottom() && padding.left() == padding.right();
    this.same = window.isSame(input);
    boolean none = padding.equals(Padding.NONE);
    if (none || same || symmetric) {
      padded = null;
      gradient = null;
    } else {
      Shape larger =
          new Shape(
              input.channels(),
              input.height() + padding.top() + padding.bottom(),
              input.width() + padding.left() + padding.right());
      padded = place.buffer(larger);
      gradient = place.buffer(larger);
    }
  }

  /** Whether the operation reads a copy with the padding around it. */
  boolean isCopy() {
    return padded != null;
  }

  /** Kernel, stride, padding, dilation, mode, then {@code more}. */
  long[] arguments(long... more) {
    boolean given = padded == null && !same;
    long[] first = {
      window.kernelHeight(),
      window.kernelWidth(),
      window.strideHeight(),
      window.strideWidth(),
      given ? window.padding().top() : 0,
      given ? window.padding().left() : 0,
      window.dilation(),
      window.dilation(),
      same ? 1 : 0
    };
    long[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /** The input as the operation reads it. */
  INDArray of(INDArray input) {
    if (padded == null) {
      return input;
    }
    INDArray larger = padded.forBatch(input.size(0));
    larger.assign(filling.value);
    larger.get(inner(input)).assign(input);
    return larger;
  }

  /** The input as {@link #of} left it. */
  INDArray again(INDArray input) {
    return padded == null ? input : padded.forBatch(input.size(0));
  }

  /** Where the operation writes the gradient that {@link #crop} makes into {@code target}. */
  INDArray gradient(INDArray target) {
    return gradient == null ? target : gradient.forBatch(target.size(0));
  }

  /** Copies the inner part of {@link #gradient} to {@code target} if it is another array. */
  void crop(INDArray target) {
    if (gradient != null) {
      target.assign(gradient.forBatch(target.size(0)).get(inner(target)));
    }
  }

  private INDArrayIndex[] inner(INDArray image) {
    Padding padding = window.padding();
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.interval(padding.top(), padding.top() + image.size(1)),
      NDArrayIndex.interval(padding.left(), padding.left() + image.size(2)),
      NDArrayIndex.all()
    };
  }
}
