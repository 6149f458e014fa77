package org.finchnas.searchspace.published;

/** The cells themselves: normal and reduction. */
final class Cells {

  static final String NASNET_A =
      "normal="
          + "sep_conv_5x5@0+sep_conv_3x3@1,"
          + "sep_conv_5x5@1+sep_conv_3x3@1,"
          + "avg_pool_3x3@0+skip_connect@1,"
          + "avg_pool_3x3@1+avg_pool_3x3@1,"
          + "sep_conv_3x3@0+skip_connect@0,"
          + "concat=1+2+3+4+5+6"
          + ":reduction="
          + "sep_conv_5x5@0+sep_conv_7x7@1,"
          + "max_pool_3x3@0+sep_conv_7x7@1,"
          + "avg_pool_3x3@0+sep_conv_5x5@1,"
          + "skip_connect@3+avg_pool_3x3@2,"
          + "sep_conv_3x3@2+max_pool_3x3@0,"
          + "concat=3+4+5+6";

  static final String AMOEBANET_A =
      "normal="
          + "avg_pool_3x3@0+max_pool_3x3@0,"
          + "sep_conv_3x3@1+skip_connect@1,"
          + "skip_connect@0+avg_pool_3x3@1,"
          + "sep_conv_3x3@0+sep_conv_5x5@2,"
          + "avg_pool_3x3@5+sep_conv_3x3@0,"
          + "concat=1+3+4+6"
          + ":reduction="
          + "sep_conv_3x3@1+avg_pool_3x3@0,"
          + "max_pool_3x3@0+sep_conv_7x7@2,"
          + "max_pool_3x3@1+max_pool_3x3@0,"
          + "sep_conv_3x3@4+conv_1x7_7x1@0,"
          + "avg_pool_3x3@1+sep_conv_7x7@0,"
          + "concat=2+3+4+5+6";

  static final String AMOEBANET_B =
      "normal="
          + "conv_1x1@1+max_pool_3x3@1,"
          + "skip_connect@1+sep_conv_3x3@0,"
          + "conv_1x1@1+sep_conv_3x3@0,"
          + "conv_1x1@2+skip_connect@2,"
          + "avg_pool_3x3@1+conv_1x1@5,"
          + "concat=0+3+4+6"
          + ":reduction="
          + "max_pool_2x2@0+max_pool_3x3@0,"
          + "skip_connect@2+conv_3x3@1,"
          + "sep_conv_5x5@2+max_pool_3x3@2,"
          + "skip_connect@3+sep_conv_3x3@1,"
          + "avg_pool_3x3@4+conv_1x1@3";

  static final String AMOEBANET_C =
      "normal="
          + "avg_pool_3x3@0+sep_conv_3x3@0,"
          + "skip_connect@0+sep_conv_3x3@0,"
          + "avg_pool_3x3@2+sep_conv_3x3@1,"
          + "skip_connect@0+sep_conv_3x3@1,"
          + "avg_pool_3x3@3+sep_conv_3x3@0,"
          + "concat=1+2+4+5+6"
          + ":reduction="
          + "max_pool_3x3@0+max_pool_3x3@0,"
          + "sep_conv_7x7@2+sep_conv_3x3@0,"
          + "sep_conv_7x7@0+max_pool_3x3@1,"
          + "sep_conv_5x5@4+sep_conv_5x5@4,"
          + "max_pool_3x3@1+sep_conv_3x3@1,"
          + "concat=0+2+3+4+5+6";

  static final String AMOEBANET_D =
      "normal="
          + "conv_1x1@1+max_pool_3x3@1,"
          + "skip_connect@1+conv_1x7_7x1@0,"
          + "conv_1x1@0+conv_1x7_7x1@0,"
          + "max_pool_3x3@2+skip_connect@2,"
          + "avg_pool_3x3@1+conv_1x1@5,"
          + "concat=0+3+4+6"
          + ":reduction="
          + "max_pool_2x2@0+max_pool_3x3@0,"
          + "skip_connect@2+conv_3x3@1,"
          + "conv_1x7_7x1@2+max_pool_3x3@2,"
          + "skip_connect@3+max_pool_2x2@1,"
          + "avg_pool_3x3@2+conv_1x1@3";

  private static final String PNASNET_5_BLOCKS =
      "sep_conv_5x5@1+max_pool_3x3@1,"
          + "sep_conv_7x7@0+max_pool_3x3@0,"
          + "sep_conv_5x5@0+sep_conv_3x3@0,"
          + "sep_conv_3x3@4+max_pool_3x3@0,"
          + "sep_conv_3x3@1+skip_connect@0,"
          + "concat=2+3+4+5+6";

  static final String PNASNET_5 = "normal=" + PNASNET_5_BLOCKS + ":reduction=" + PNASNET_5_BLOCKS;

  static final String ENAS =
      "normal="
          + "avg_pool_3x3@1+sep_conv_3x3@1,"
          + "skip_connect@1+sep_conv_5x5@1,"
          + "skip_connect@1+sep_conv_5x5@0,"
          + "sep_conv_3x3@0+sep_conv_5x5@1,"
          + "avg_pool_3x3@1+sep_conv_5x5@0"
          + ":reduction="
          + "sep_conv_3x3@0+sep_conv_3x3@0,"
          + "max_pool_3x3@1+avg_pool_3x3@1,"
          + "sep_conv_5x5@0+sep_conv_5x5@3,"
          + "sep_conv_3x3@0+skip_connect@1,"
          + "max_pool_3x3@1+sep_conv_5x5@0";

  static final String DARTS_V1 =
      "normal="
          + "sep_conv_3x3@0+sep_conv_3x3@1,"
          + "skip_connect@1+sep_conv_3x3@0,"
          + "skip_connect@1+sep_conv_3x3@0,"
          + "sep_conv_3x3@1+skip_connect@2,"
          + "concat=2+3+4+5"
          + ":reduction="
          + "max_pool_3x3@1+max_pool_3x3@0,"
          + "skip_connect@2+max_pool_3x3@1,"
          + "max_pool_3x3@1+skip_connect@2,"
          + "skip_connect@2+avg_pool_3x3@1,"
          + "concat=2+3+4+5";

  static final String DARTS_V2 =
      "normal="
          + "sep_conv_3x3@1+sep_conv_3x3@0,"
          + "sep_conv_3x3@1+sep_conv_3x3@0,"
          + "sep_conv_3x3@0+skip_connect@1,"
          + "skip_connect@1+dil_conv_3x3@2,"
          + "concat=2+3+4+5"
          + ":reduction="
          + "max_pool_3x3@1+max_pool_3x3@0,"
          + "skip_connect@2+max_pool_3x3@0,"
          + "max_pool_3x3@1+skip_connect@2,"
          + "skip_connect@2+max_pool_3x3@0,"
          + "concat=2+3+4+5";

  private Cells() {}
}
