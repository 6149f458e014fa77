package org.finchnas.searchspace.published;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Networks of published cells, as the notation of an architecture and the images they are for.
 *
 * <p>NASNet is that of TensorFlow's slim ({@code research/slim/nets/nasnet}; Zoph et al., arXiv
 * 1707.07012), AmoebaNet that of {@code tensorflow/tpu models/official/amoeba_net} (Real et al.,
 * arXiv 1802.01548), with 1 000 classes where the code counts a background class as well. N and F
 * of AmoebaNet-A, B and C are those of the paper's mobile setting. AmoebaNet-D was only published
 * large; its mobile form here takes the N and F of A.
 */
public enum PublishedCells {
  NASNET_A_CIFAR("nasnet-a-cifar", "n=6,f=32,stem=cifar,image=32", Cells.NASNET_A, 10),
  NASNET_A_MOBILE(
      "nasnet-a-mobile", "n=4,f=44,stem=imagenet,image=224,headKeep=0.5", Cells.NASNET_A, 1000),
  NASNET_A_LARGE(
      "nasnet-a-large",
      "n=6,f=168,stem=imagenet,image=331,stemMultiplier=3,skipReductionInput=true,headKeep=0.5",
      Cells.NASNET_A,
      1000),
  AMOEBANET_A_MOBILE(
      "amoebanet-a-mobile",
      "n=4,f=50,stem=imagenet,image=224,headKeep=0.5",
      Cells.AMOEBANET_A,
      1000),
  AMOEBANET_B_MOBILE(
      "amoebanet-b-mobile",
      "n=3,f=62,stem=imagenet,image=224,headKeep=0.5",
      Cells.AMOEBANET_B,
      1000),
  AMOEBANET_C_MOBILE(
      "amoebanet-c-mobile",
      "n=4,f=50,stem=imagenet,image=224,headKeep=0.5",
      Cells.AMOEBANET_C,
      1000),
  AMOEBANET_D_MOBILE(
      "amoebanet-d-mobile",
      "n=4,f=50,stem=imagenet,image=224,headKeep=0.5",
      Cells.AMOEBANET_D,
      1000);

  private final String token;
  private final String notation;
  private final int classes;

  PublishedCells(String token, String macro, String cells, int classes) {
    this.token = token;
    notation = macro + ":" + cells;
    this.classes = classes;
  }

  /** The name it is asked for by. */
  public String token() {
    return token;
  }

  /** What {@code Architecture.parse} reads. */
  public String notation() {
    return notation;
  }

  /** Classes of the data set it was published for. */
  public int classes() {
    return classes;
  }

  /** The one with that {@link #token}. */
  public static Optional<PublishedCells> find(String token) {
    return Arrays.stream(values()).filter(cells -> cells.token.equals(token)).findFirst();
  }

  public static List<String> tokens() {
    return Arrays.stream(values()).map(PublishedCells::token).toList();
  }
}
