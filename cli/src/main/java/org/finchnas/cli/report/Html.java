package org.finchnas.cli.report;

import java.util.List;

/** A piece of a page; whatever comes from a run stands in it as text. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  static String escape(Object text) {
    return text.toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A card with a title. */
  Html section(String id, String title, String note) {
    out.append(
        "<section class=\"card\" id=\"%s\"><div class=\"head\"><div><h2>%s</h2>"
            .formatted(id, escape(title)));
    if (!note.isEmpty()) {
      out.append("<p class=\"muted\">").append(escape(note)).append("</p>");
    }
    out.append("</div></div>\n");
    return this;
  }

  Html end() {
    out.append("</section>\n");
    return this;
  }

  Html open(String tag, String style) {
    out.append("<%s class=\"%s\">".formatted(tag, style));
    return this;
  }

  Html close(String tag) {
    out.append("</%s>\n".formatted(tag));
    return this;
  }

  Html heading(String text) {
    out.append("<h3>").append(escape(text)).append("</h3>\n");
    return this;
  }

  Html paragraph(String text) {
    out.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  Html code(String text) {
    out.append("<pre>").append(escape(text)).append("</pre>\n");
    return this;
  }

  /** Long text that scrolls. */
  Html listing(String text) {
    out.append("<pre class=\"yaml\">").append(escape(text)).append("</pre>\n");
    return this;
  }

  /** Terms and what they are. */
  Html pairs(List<? extends List<?>> pairs) {
    out.append("<dl class=\"pairs\">");
    for (List<?> pair : pairs) {
      out.append("<dt>%s</dt><dd>%s</dd>".formatted(escape(pair.get(0)), escape(pair.get(1))));
    }
    out.append("</dl>\n");
    return this;
  }

  /** A drawing, which as a picture can run no script. */
  Html picture(String address, String description) {
    out.append(
        "<div class=\"paper\"><img src=\"%s\" alt=\"%s\"></div>\n"
            .formatted(escape(address), escape(description)));
    return this;
  }

  /** A line of a list with a link and a tag. */
  Html file(String address, String name, String tag, boolean good, String more) {
    out.append("<li><a href=\"%s\">%s</a> ".formatted(escape(address), escape(name)));
    if (!tag.isEmpty()) {
      out.append("<span class=\"tag%s\">%s</span> ".formatted(good ? "" : " bad", escape(tag)));
    }
    out.append("<span class=\"muted\">%s</span></li>\n".formatted(escape(more)));
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
