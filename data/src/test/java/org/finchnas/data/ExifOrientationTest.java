package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {

  private static final int SIDE = 32;

  /**
   * The standard says on which sides of the upright picture the stored first row and first column
   * are; where they meet is the corner that was stored first.
   */
  @ParameterizedTest
  @CsvSource({
    "1, top, left",
    "2, top, right",
    "3, bottom, right",
    "4, bottom, left",
    "5, left, top",
    "6, right, top",
    "7, right, bottom",
    "8, left, bottom"
  })
  void theFirstRowAndColumnComeToTheirSides(int orientation, String row, String column)
      throws IOException {
    byte[] firstRow = decode(orientation, true);
    byte[] firstColumn = decode(orientation, false);
    assertThat(brightSide(firstRow)).isEqualTo(row);
    assertThat(brightSide(firstColumn)).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1})
  void anOrientationOutOfRangeIsUpright(int orientation) throws IOException {
    assertThat(ExifOrientation.of(jpeg(orientation, true, ByteOrder.BIG_ENDIAN))).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void damageNeverThrows(long seed) throws IOException {
    SplitMix random = new SplitMix(seed);
    byte[] file = jpeg(6, true, ByteOrder.LITTLE_ENDIAN);
    assertThat(ExifOrientation.of(file)).isEqualTo(6);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(file, 1 + random.below(60));
      damaged[random.below(damaged.length)] = (byte) random.below(256);
      assertThat(ExifOrientation.of(damaged)).isBetween(1, 8);
    }
  }

  @Test
  void aPngIsUpright() {
    assertThat(ExifOrientation.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'})).isEqualTo(1);
    assertThat(ExifOrientation.of(new byte[0])).isEqualTo(1);
  }

  private static byte[] decode(int orientation, boolean row) throws IOException {
    ByteOrder order = orientation % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new ImageDecoder(SIDE).decode(jpeg(orientation, row, order));
  }

  private static String brightSide(byte[] planes) {
    int middle = SIDE / 2;
    int[] at = {
      2 * SIDE + middle, (SIDE - 3) * SIDE + middle, middle * SIDE + 2, middle * SIDE + SIDE - 3
    };
    String[] names = {"top", "bottom", "left", "right"};
    String bright = "";
    for (int i = 0; i < 4; i++) {
      bright += (planes[at[i]] & 0xff) > 200 ? names[i] : "";
    }
    return bright;
  }

  /** A white band along the first rows or columns, and an Exif segment after the start marker. */
  private static byte[] jpeg(int orientation, boolean row, ByteOrder order) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * 8; i++) {
      image.setRGB(row ? i % SIDE : i / SIDE, row ? i / SIDE : i % SIDE, 0xffffff);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    ByteBuffer segment = ByteBuffer.allocate(36).putShort((short) 0xffe1).putShort((short) 34);
    segment.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    byte mark = (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
    segment.put(mark).put(mark).order(order).putShort((short) 42).putInt(8).putShort((short) 1);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    byte[] plain = bytes.toByteArray();
    return ByteBuffer.allocate(plain.length + 36)
        .put(plain, 0, 2)
        .put(segment.array())
        .put(plain, 2, plain.length - 2)
        .array();
  }
}
