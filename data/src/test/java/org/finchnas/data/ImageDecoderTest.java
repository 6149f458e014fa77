package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDecoderTest {

  @ParameterizedTest
  @CsvSource({"png, 0", "bmp, 0", "jpg, 3"})
  void aPlainColourComesOutAsItWentIn(String kind, int tolerance) throws IOException {
    byte[] pixels = decode(plain(BufferedImage.TYPE_INT_RGB, 0xff_c8_32_0a, 20, 14), kind, 5);
    assertThat(pixels).hasSize(75);
    for (int i = 0; i < 25; i++) {
      assertThat(pixels[i] & 0xff).isCloseTo(200, within(tolerance));
      assertThat(pixels[25 + i] & 0xff).isCloseTo(50, within(tolerance));
      assertThat(pixels[50 + i] & 0xff).isCloseTo(10, within(tolerance));
    }
  }

  @Test
  void greyStaysTheGreyOfTheFile() throws IOException {
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16; i++) {
      grey.getRaster().setSample(i % 4, i / 4, 0, 100);
    }
    assertThat(decode(grey, "png", 2)).containsOnly((byte) 100);
    assertThat(decode(grey, "jpg", 2)).containsOnly((byte) 100);
  }

  @Test
  void sixteenBitsAreCutToEight() throws IOException {
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 16; i++) {
      grey.getRaster().setSample(i % 4, i / 4, 0, 0x6420);
    }
    assertThat(decode(grey, "png", 4)).containsOnly((byte) 0x64);
  }

  @Test
  void whatIsTransparentShowsWhite() throws IOException {
    BufferedImage clear = plain(BufferedImage.TYPE_INT_ARGB, 0x00_12_34_56, 4, 4);
    assertThat(decode(clear, "png", 4)).containsOnly((byte) 255);
    BufferedImage half = plain(BufferedImage.TYPE_INT_ARGB, 0x80_00_00_00, 4, 4);
    assertThat(decode(half, "png", 4)).containsOnly((byte) 127);
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    BufferedImage indexed = plain(BufferedImage.TYPE_BYTE_INDEXED, 0xff_ff_00_00, 16, 16);
    byte[] pixels = decode(indexed, "gif", 2);
    assertThat(Arrays.copyOf(pixels, 4)).containsOnly((byte) 255);
    assertThat(Arrays.copyOfRange(pixels, 4, 12)).containsOnly((byte) 0);
  }

  @ParameterizedTest
  @CsvSource({"30, 10", "10, 30"})
  void theMiddleSquareIsTaken(int width, int height) throws IOException {
    BufferedImage image = plain(BufferedImage.TYPE_INT_RGB, 0xff_00_00_00, width, height);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 10; x++) {
        image.setRGB((width - 10) / 2 + x, (height - 10) / 2 + y, 0xffffff);
      }
    }
    assertThat(decode(image, "png", 7)).containsOnly((byte) 255);
  }

  /** Four inks as print shops send them: inverted, and with luminance and colour differences. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no Adobe segment, -1",
    "inverted inks, 0",
    "luminance and differences of inverted inks, 2"
  })
  void fourInksAreMixed(String name, int transform) throws IOException {
    // Light that inks let through: a warm colour, and black ink that takes a fifth of it.
    int[] light = {200, 100, 50, 204};
    int[] stored = new int[4];
    for (int i = 0; i < 4; i++) {
      stored[i] = transform < 0 ? 255 - light[i] : light[i];
    }
    if (transform == 2) {
      // ITU-R BT.601, as JFIF has it.
      stored[0] = (int) Math.round(0.299 * 200 + 0.587 * 100 + 0.114 * 50);
      stored[1] = (int) Math.round(128 + (50 - stored[0]) / 1.772);
      stored[2] = (int) Math.round(128 + (200 - stored[0]) / 1.402);
    }

    byte[] pixels = new ImageDecoder(4).decode(inked(stored, transform));

    int[] expected = {160, 80, 40};
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff).isCloseTo(expected[i / 16], within(4));
    }
  }

  /** The JDK writes four bands as they are; Adobe's segment goes behind the start of the image. */
  private static byte[] inked(int[] samples, int transform) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] plain = bytes.toByteArray();
    if (transform < 0) {
      return plain;
    }
    ByteBuffer file = ByteBuffer.allocate(plain.length + 16).put(plain, 0, 2);
    file.putShort((short) 0xffee).putShort((short) 14);
    file.put(new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform});
    return file.put(plain, 2, plain.length - 2).array();
  }

  @Test
  void fourInksThatAreCutShortAreRefused() throws IOException {
    byte[] whole = inked(new int[] {10, 20, 30, 40}, 0);

    assertThatThrownBy(() -> new ImageDecoder(4).decode(Arrays.copyOf(whole, whole.length * 3 / 4)))
        .isInstanceOf(IOException.class);
  }

  /** A file of a few bytes may claim any size: it must not fill the memory. */
  @Test
  void aPictureThatClaimsToBeHugeIsRefused() {
    assertThatThrownBy(() -> new ImageDecoder(8).decode(pngHeader(60_000, 60_000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3600000000 pixels, at most 100000000");
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17).putInt(0x49484452).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    ByteBuffer file = ByteBuffer.allocate(33).putLong(0x89504e470d0a1a0aL).putInt(13);
    return file.put(chunk.array()).putInt((int) crc.getValue()).array();
  }

  private static BufferedImage plain(int type, int colour, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    return image;
  }

  private static byte[] decode(BufferedImage image, String kind, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, kind, bytes)).isTrue();
    return new ImageDecoder(size).decode(bytes.toByteArray());
  }
}
