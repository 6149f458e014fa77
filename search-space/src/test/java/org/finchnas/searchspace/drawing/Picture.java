package org.finchnas.searchspace.drawing;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What a test sees of an SVG document. */
record Picture(Document document) {

  private static final Pattern MOVE = Pattern.compile("translate\\((\\S+) (\\S+)\\)");

  static Picture of(String svg) throws Exception {
    return new Picture(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg))));
  }

  Box page() {
    Element root = document.getDocumentElement();
    return new Box(0, 0, number(root, "width"), number(root, "height"));
  }

  List<String> texts() {
    return elements("text").stream().map(Node::getTextContent).toList();
  }

  /** What shows under the pointer, without the title of the page. */
  List<String> tooltips() {
    return elements("title").stream().skip(1).map(Node::getTextContent).toList();
  }

  /** All rectangles but the background, where they are on the page. */
  List<Box> boxes() {
    return elements("rect").stream().skip(1).map(Picture::box).toList();
  }

  List<Box> boxes(String stroke) {
    return elements("rect").stream()
        .filter(element -> element.getAttribute("stroke").equals(stroke))
        .map(Picture::box)
        .toList();
  }

  private List<Element> elements(String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Box box(Element element) {
    double left = number(element, "x");
    double top = number(element, "y");
    Node parent = element.getParentNode();
    while (parent instanceof Element group) {
      Matcher move = MOVE.matcher(group.getAttribute("transform"));
      if (move.matches()) {
        left += Double.parseDouble(move.group(1));
        top += Double.parseDouble(move.group(2));
      }
      parent = parent.getParentNode();
    }
    return new Box(left, top, number(element, "width"), number(element, "height"));
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.endsWith("%") || value.isEmpty() ? 0 : Double.parseDouble(value);
  }

  static boolean overlap(Box a, Box b) {
    return a.left() < b.left() + b.width()
        && b.left() < a.left() + a.width()
        && a.top() < b.top() + b.height()
        && b.top() < a.top() + a.height();
  }

  /** Whether one lies in another, up to rounding in the text. */
  static boolean contains(Box outer, Box inner) {
    double rounding = 0.2;
    return outer.left() - rounding <= inner.left()
        && outer.top() - rounding <= inner.top()
        && outer.left() + outer.width() + rounding >= inner.left() + inner.width()
        && outer.top() + outer.height() + rounding >= inner.top() + inner.height();
  }
}
