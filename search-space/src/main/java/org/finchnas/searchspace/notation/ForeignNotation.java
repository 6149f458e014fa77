package org.finchnas.searchspace.notation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Wiring;

/**
 * The notations of architectures that are not Finch's line of text.
 *
 * <p>What one of them can express is read back as it was written: the same blocks in the same
 * order, with the same left and right sides and the same concat. A name means the operation of that
 * name; where a tool builds it otherwise than Finch does, {@link
 * org.finchnas.searchspace.Operation} says so.
 */
public enum ForeignNotation {
  /**
   * The genotypes of {@code quark0/darts}: {@code Genotype(normal=[('sep_conv_3x3', 0), ...],
   * normal_concat=[2, 3, 4, 5], reduce=[...], reduce_concat=[...])}. Cells only.
   */
  DARTS,
  /**
   * The lists of slim's {@code nasnet_utils.py} and tensorflow/tpu's {@code
   * amoeba_net/model_specs.py} as six assignments: {@code normal_operations}, {@code
   * normal_hiddenstate_indices}, {@code normal_used_hiddenstates}, and the same of {@code
   * reduction}. Cells of 5 blocks only.
   */
  SLIM,
  /**
   * The samples of NNI's cell spaces ({@code nni/nas/hub/pytorch/nasnet.py} of NNI 3.0: NASNet,
   * ENAS, AmoebaNet, PNAS and DARTS), as JSON or as Python prints them. Cells, depth and width.
   */
  NNI,
  /** Finch's own JSON, which holds everything. */
  JSON;

  /** Its name on the command line. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all. */
  public static List<String> tokens() {
    return Arrays.stream(values()).map(ForeignNotation::token).toList();
  }

  /** The one with that {@link #token}. */
  public static Optional<ForeignNotation> find(String token) {
    return Arrays.stream(values()).filter(notation -> notation.token().equals(token)).findFirst();
  }

  /** Whether a text says of the stacking of its cells no more than NNI does: depth and width. */
  public boolean holdsCellsOnly() {
    return switch (this) {
      case DARTS, SLIM, NNI -> true;
      case JSON -> false;
    };
  }

  /**
   * An architecture in this notation, without a line break at the end.
   *
   * @throws IllegalArgumentException if the notation has no words for it; says for what and what to
   *     do
   */
  public String write(Architecture architecture) {
    return notation().write(architecture);
  }

  /**
   * The architecture of a text, stacked as its tool does it where the text does not say: N = 6, F =
   * 36, for images of 32 x 32, wired as DARTS (DARTS, NNI) or as NASNet (slim).
   *
   * @throws IllegalArgumentException if the text is not in this notation; says where and why
   */
  public Architecture read(String text) {
    CellPair cells = notation().cells(text);
    return cells.with(notation().macro(text));
  }

  /**
   * The cells of a text.
   *
   * @throws IllegalArgumentException if the text is not in this notation; says where and why
   */
  public CellPair readCells(String text) {
    return notation().cells(text);
  }

  /**
   * Reads how cells are to be stacked, as {@link Macro#parse} does; wired as the tool does it
   * unless the settings have a wiring.
   *
   * @throws IllegalArgumentException if the settings are none; says where and why
   */
  public Macro readMacro(String settings) {
    String wired = settings.contains("wiring=") ? "" : ",wiring=" + wiring().token();
    return Macro.parse(settings + wired);
  }

  private Wiring wiring() {
    return switch (this) {
      case DARTS, NNI -> Wiring.DARTS;
      case SLIM, JSON -> Wiring.NASNET;
    };
  }

  /**
   * The notation that a text is in, judged by how it begins, so that one with mistakes is
   * recognised as well; none for anything else, such as Finch's own line of text.
   */
  public static Optional<ForeignNotation> detect(String text) {
    return Detection.of(text);
  }

  private CellNotation notation() {
    return switch (this) {
      case DARTS -> new DartsNotation();
      case SLIM -> new SlimNotation();
      case NNI -> new NniNotation();
      case JSON -> new JsonNotation();
    };
  }
}
