package org.finchnas.mobile.latency.kernel;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Network;

/**
 * The kernels of a network. Dropout and drop-path are gone; a batch norm alone behind a convolution
 * is part of it, and so is a RELU or RELU6 behind a convolution, a scale, a sum or a product that
 * nothing else reads. Needs no weights and takes well below a millisecond.
 */
public final class Kernels {

  private Kernels() {}

  /**
   * @throws IllegalArgumentException if a layer cannot be exported
   */
  public static List<Kernel> of(Network network, KernelForm form) {
    List<Kernel> kernels = new ArrayList<>();
    for (FusedNode node : FusedNetwork.of(network)) {
      kernels.addAll(
          switch (form) {
            case NETWORK -> node.layer().match(new LayerKernels(node));
            case TFLITE_FILE -> node.layer().match(new FileKernels(node));
          });
    }
    if (form == KernelForm.TFLITE_FILE) {
      kernels.add(
          Kernel.plain(
              "probabilities", KernelKind.EXPONENTIAL, 1, network.classes(), network.classes()));
    }
    return List.copyOf(kernels);
  }
}
