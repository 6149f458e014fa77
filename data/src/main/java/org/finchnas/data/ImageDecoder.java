package org.finchnas.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a JPEG, PNG, GIF or BMP file into a square of red, green and blue planes: the middle square
 * of the picture, turned upright as its Exif data say, scaled by area. A picture that is cut short
 * is refused, not completed in grey.
 */
final class ImageDecoder {

  /** Beyond this one picture takes more than 400 MB while it is decoded. */
  private static final long MAX_PIXELS = 100_000_000;

  private final int size;

  ImageDecoder(int size) {
    this.size = size;
  }

  /**
   * Decodes the first picture of a file.
   *
   * @return 3 × size × size bytes
   * @throws IOException with what is wrong with the file
   */
  byte[] decode(byte[] file) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is no JPEG, PNG, GIF or BMP");
      }
      ImageReader reader = readers.next();
      try {
        byte[] planes = square(reader, in, InkedJpeg.of(file));
        return ExifOrientation.upright(planes, size, ExifOrientation.of(file));
      } catch (RuntimeException e) {
        // The JDK's readers meet damaged files with exceptions of many kinds.
        throw new IOException("it does not decode: " + e, e);
      } finally {
        reader.dispose();
      }
    }
  }

  /**
   * Pixels of the shorter side of a picture, as its file says.
   *
   * @throws IOException with what is wrong with the file
   */
  static int shorterSide(byte[] file) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is no JPEG, PNG, GIF or BMP");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Math.min(reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    }
  }

  private byte[] square(ImageReader reader, ImageInputStream in, @Nullable InkedJpeg inks)
      throws IOException {
    List<String> complaints = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> complaints.add(warning));
    reader.setInput(in, true, true);
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new IOException("it has %d pixels, at most %d are read".formatted(pixels, MAX_PIXELS));
    }
    byte[] planes =
        inks == null ? square(reader.read(0)) : square(reader.readRaster(0, null), inks);
    for (String complaint : complaints) {
      String words = complaint.toLowerCase(Locale.ROOT);
      if (words.contains("truncated") || words.contains("premature")) {
        throw new IOException("it is cut short: " + complaint);
      }
    }
    return planes;
  }

  private byte[] square(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    return scaled(RgbPlanes.of(image.getSubimage(left, top, side, side)), side);
  }

  private byte[] square(Raster samples, InkedJpeg inks) {
    int side = Math.min(samples.getWidth(), samples.getHeight());
    int left = (samples.getWidth() - side) / 2;
    int top = (samples.getHeight() - side) / 2;
    return scaled(inks.planes(samples, left, top, side), side);
  }

  private byte[] scaled(byte[] planes, int side) {
    Taps taps = Taps.of(side, size);
    byte[] target = new byte[3 * size * size];
    for (int channel = 0; channel < 3; channel++) {
      Scaling.plane(planes, channel * side * side, taps, taps, target, channel * size * size);
    }
    return target;
  }
}
