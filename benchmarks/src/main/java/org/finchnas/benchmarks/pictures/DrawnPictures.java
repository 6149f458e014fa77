package org.finchnas.benchmarks.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Photographs' stand-ins: JPEG files of a few hundred pixels, each with one figure among strokes of
 * all colours, a folder per kind of figure. The same seed draws the same.
 */
final class DrawnPictures {

  static final List<String> FIGURES = List.of("circle", "cross", "square", "star", "triangle");

  private static final int SHORTEST = 160;
  private static final int LONGEST = 480;
  private static final int STROKES = 14;

  private final SplittableRandom random;

  DrawnPictures(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Draws so many of each kind into folders of a folder. */
  void into(Path folder, int each) throws IOException {
    for (String figure : FIGURES) {
      Path files = Files.createDirectories(folder.resolve(figure));
      for (int i = 0; i < each; i++) {
        boolean unused = ImageIO.write(picture(figure), "jpg", files.resolve(i + ".jpg").toFile());
      }
    }
  }

  private BufferedImage picture(String figure) {
    int width = random.nextInt(SHORTEST, LONGEST);
    int height = random.nextInt(SHORTEST, LONGEST);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(colour());
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < STROKES; i++) {
      graphics.setColor(colour());
      graphics.setStroke(new BasicStroke(1 + random.nextInt(4)));
      graphics.drawLine(
          random.nextInt(width),
          random.nextInt(height),
          random.nextInt(width),
          random.nextInt(height));
    }
    graphics.setColor(colour());
    graphics.fill(placed(shape(figure), width, height));
    graphics.dispose();
    return image;
  }

  /** In the middle square, which is what a network is shown. */
  private Shape placed(Shape unit, int width, int height) {
    double side = Math.min(width, height);
    double size = side * random.nextDouble(0.25, 0.45);
    double room = side / 2 - size;
    AffineTransform transform =
        AffineTransform.getTranslateInstance(
            width / 2.0 + random.nextDouble(-room, room),
            height / 2.0 + random.nextDouble(-room, room));
    transform.rotate(random.nextDouble(-0.5, 0.5));
    transform.scale(size, size);
    return transform.createTransformedShape(unit);
  }

  /** Within the circle of radius 1. */
  private static Shape shape(String figure) {
    return switch (figure) {
      case "circle" -> new Ellipse2D.Double(-0.9, -0.9, 1.8, 1.8);
      case "cross" -> {
        Path2D cross = new Path2D.Double(new Rectangle2D.Double(-0.95, -0.25, 1.9, 0.5));
        cross.append(new Rectangle2D.Double(-0.25, -0.95, 0.5, 1.9), false);
        yield cross;
      }
      case "square" -> new Rectangle2D.Double(-0.7, -0.7, 1.4, 1.4);
      case "star" -> corners(10, 0.4);
      default -> corners(3, 1);
    };
  }

  /** Corners on circles of radius 1 and of another, by turns. */
  private static Shape corners(int count, double second) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * i / count - Math.PI / 2;
      double radius = i % 2 == 0 ? 1 : second;
      double x = radius * Math.cos(angle);
      double y = radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private Color colour() {
    return new Color(random.nextInt(1 << 24));
  }
}
