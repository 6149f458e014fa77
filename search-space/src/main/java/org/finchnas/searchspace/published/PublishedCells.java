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
 * large; its mobile form here takes the N and F of A. PNASNet is slim's {@code pnasnet.py} (Liu et
 * al., arXiv 1712.00559), ENAS the network of micro search in {@code melodyguan/enas} (Pham et al.,
 * arXiv 1802.03268) and DARTS the evaluation networks of {@code quark0/darts} (Liu et al., arXiv
 * 1806.09055), all without auxiliary heads.
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
      "n=4,f=50,stem=imagenet,image=224,wiring=amoebanet,headKeep=0.5",
      Cells.AMOEBANET_A,
      1000),
  AMOEBANET_B_MOBILE(
      "amoebanet-b-mobile",
      "n=3,f=62,stem=imagenet,image=224,wiring=amoebanet,headKeep=0.5",
      Cells.AMOEBANET_B,
      1000),
  AMOEBANET_C_MOBILE(
      "amoebanet-c-mobile",
      "n=4,f=50,stem=imagenet,image=224,wiring=amoebanet,headKeep=0.5",
      Cells.AMOEBANET_C,
      1000),
  AMOEBANET_D_MOBILE(
      "amoebanet-d-mobile",
      "n=4,f=50,stem=imagenet,image=224,wiring=amoebanet,headKeep=0.5",
      Cells.AMOEBANET_D,
      1000),
  PNASNET_5_MOBILE(
      "pnasnet-5-mobile",
      "n=3,f=54,stem=imagenet,image=224,wiring=pnasnet,headKeep=0.5",
      Cells.PNASNET_5,
      1000),
  PNASNET_5_LARGE(
      "pnasnet-5-large",
      "n=4,f=216,stem=imagenet,image=331,stemMultiplier=3,wiring=pnasnet,headKeep=0.5",
      Cells.PNASNET_5,
      1000),
  ENAS("enas", "n=5,f=36,stem=cifar,image=32,wiring=enas,headKeep=0.8", Cells.ENAS, 10),
  DARTS_V1("darts-v1", "n=6,f=36,stem=cifar,image=32,wiring=darts", Cells.DARTS_V1, 10),
  DARTS_V2("darts-v2", "n=6,f=36,stem=cifar,image=32,wiring=darts", Cells.DARTS_V2, 10),
  DARTS_V1_IMAGENET(
      "darts-v1-imagenet",
      "n=4,f=48,stem=imagenet,image=224,wiring=darts,batchNormEpsilon=1.0E-5,batchNormDecay=0.9",
      Cells.DARTS_V1,
      1000),
  DARTS_V2_IMAGENET(
      "darts-v2-imagenet",
      "n=4,f=48,stem=imagenet,image=224,wiring=darts,batchNormEpsilon=1.0E-5,batchNormDecay=0.9",
      Cells.DARTS_V2,
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

  /** Names of cells, without what they were stacked to: {@code nasnet-a}. */
  public static List<String> families() {
    return Arrays.stream(values()).map(PublishedCells::family).distinct().toList();
  }

  private String family() {
    return token.replaceFirst("-(cifar|mobile|large|imagenet)$", "");
  }

  /** The first one with those cells: by its {@link #token}, or by their name. */
  public static Optional<PublishedCells> findCells(String name) {
    return Arrays.stream(values())
        .filter(cells -> cells.token.equals(name) || cells.family().equals(name))
        .findFirst();
  }

  public static List<String> tokens() {
    return Arrays.stream(values()).map(PublishedCells::token).toList();
  }
}
