package org.finchnas.data;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The red, green and blue bytes of a picture as they stand in its file. Colour profiles are not
 * applied: the JDK takes grey for linear and would lighten it. What is transparent shows white.
 */
final class RgbPlanes {

  private RgbPlanes() {}

  static byte[] of(BufferedImage image) {
    int type = image.getRaster().getDataBuffer().getDataType();
    boolean stored =
        image.getColorModel() instanceof ComponentColorModel
            && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
            && image.getRaster().getNumBands() <= 4;
    return stored ? ofSamples(image.getRaster(), type) : ofColours(image);
  }

  /** One band is grey, two are grey and alpha, three are colour, four are colour and alpha. */
  private static byte[] ofSamples(Raster raster, int type) {
    int bands = raster.getNumBands();
    int plane = raster.getWidth() * raster.getHeight();
    int shift = type == DataBuffer.TYPE_USHORT ? 8 : 0;
    int x = raster.getMinX();
    int y = raster.getMinY();
    int[] row = new int[raster.getWidth() * bands];
    byte[] planes = new byte[3 * plane];
    for (int at = 0; at < plane; at += raster.getWidth()) {
      raster.getPixels(x, y++, raster.getWidth(), 1, row);
      for (int i = 0; i < raster.getWidth(); i++) {
        int alpha = bands % 2 == 0 ? row[i * bands + bands - 1] >> shift : 255;
        for (int channel = 0; channel < 3; channel++) {
          int value = row[i * bands + (bands < 3 ? 0 : channel)] >> shift;
          planes[channel * plane + at + i] = onWhite(value, alpha);
        }
      }
    }
    return planes;
  }

  private static byte[] ofColours(BufferedImage image) {
    int plane = image.getWidth() * image.getHeight();
    int[] colours =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int alpha = colours[i] >>> 24;
      for (int channel = 0; channel < 3; channel++) {
        planes[channel * plane + i] = onWhite((colours[i] >> (16 - 8 * channel)) & 0xff, alpha);
      }
    }
    return planes;
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
