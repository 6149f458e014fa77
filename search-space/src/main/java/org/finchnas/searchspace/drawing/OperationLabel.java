package org.finchnas.searchspace.drawing;

import org.finchnas.searchspace.Operation;

/** What an operation's box says and which colour it has. */
record OperationLabel(String text, Family family) {

  static OperationLabel of(Operation operation) {
    return switch (operation) {
      case IDENTITY -> new OperationLabel("identity", Family.PLAIN);
      case AVERAGE_POOLING_3X3 -> pooling("avg 3×3");
      case MAX_POOLING_2X2 -> pooling("max 2×2");
      case MAX_POOLING_3X3 -> pooling("max 3×3");
      case MAX_POOLING_5X5 -> pooling("max 5×5");
      case MAX_POOLING_7X7 -> pooling("max 7×7");
      case CONV_1X1 -> convolution("conv 1×1");
      case CONV_3X3 -> convolution("conv 3×3");
      case CONV_1X3_3X1 -> convolution("1×3 3×1");
      case CONV_1X7_7X1 -> convolution("1×7 7×1");
      case SEPARABLE_CONV_3X3 -> separable("sep 3×3");
      case SEPARABLE_CONV_5X5 -> separable("sep 5×5");
      case SEPARABLE_CONV_7X7 -> separable("sep 7×7");
      case DILATED_CONV_3X3 -> separable("dil 3×3");
      case DILATED_CONV_5X5 -> separable("dil 5×5");
      case DILATED_SEPARABLE_CONV_3X3 -> separable("dil sep 3×3");
      case INVERTED_RESIDUAL_3X3_EXPANSION_3 -> mobile("mb 3×3 e3");
      case INVERTED_RESIDUAL_3X3_EXPANSION_6 -> mobile("mb 3×3 e6");
      case INVERTED_RESIDUAL_5X5_EXPANSION_3 -> mobile("mb 5×5 e3");
      case INVERTED_RESIDUAL_5X5_EXPANSION_6 -> mobile("mb 5×5 e6");
      case SHUFFLE_UNIT -> mobile("shuffle");
      case FIRE_MODULE -> mobile("fire");
      case SQUEEZE_EXCITE -> mobile("SE");
    };
  }

  private static OperationLabel pooling(String text) {
    return new OperationLabel(text, Family.POOLING);
  }

  private static OperationLabel convolution(String text) {
    return new OperationLabel(text, Family.CONVOLUTION);
  }

  private static OperationLabel separable(String text) {
    return new OperationLabel(text, Family.SEPARABLE);
  }

  private static OperationLabel mobile(String text) {
    return new OperationLabel(text, Family.MOBILE);
  }
}
