package org.finchnas.searchspace.drawing;

/** Operations and layers that are alike have one colour. */
enum Family {
  CONVOLUTION("#fde8cf", "#cf9241"),
  SEPARABLE("#dce8f6", "#5f8fc4"),
  POOLING("#e2f0dc", "#6d9f5b"),
  MOBILE("#efe3f4", "#9467ab"),
  DENSE("#f9dcd9", "#c0695f"),
  JOIN("#e9ecf0", "#5b6470"),
  PLAIN("#f6f7f8", "#a4abb5");

  private final String fill;
  private final String stroke;

  Family(String fill, String stroke) {
    this.fill = fill;
    this.stroke = stroke;
  }

  String fill() {
    return fill;
  }

  String stroke() {
    return stroke;
  }
}
