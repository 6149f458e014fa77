package org.finchnas.benchmarks.latency;

import java.util.List;
import org.finchnas.mobile.Precision;

/**
 * A device of ncnn's table that a profile is shipped for.
 *
 * @param name of the profile
 * @param title how the table's names of it begin
 * @param powersave which cores: 0 all, 1 the small ones, 2 the large ones
 * @param halves whether its CPU computes in half precision, which ncnn then uses
 */
record NcnnDevice(String name, String title, int powersave, boolean halves) {

  static final List<NcnnDevice> SHIPPED =
      List.of(
          new NcnnDevice("snapdragon-410", "Qualcomm MSM8916 Snapdragon 410", 0, false),
          new NcnnDevice("snapdragon-660", "Qualcomm SDM660 Snapdragon 660", 2, false),
          new NcnnDevice("snapdragon-675", "Qualcomm MSM6150 Snapdragon 675", 0, true),
          new NcnnDevice("snapdragon-810", "Qualcomm MSM8994 Snapdragon 810", 2, false),
          new NcnnDevice("snapdragon-821", "Qualcomm MSM8996 Pro Snapdragon 821", 0, false),
          new NcnnDevice("snapdragon-835", "Qualcomm MSM8998 Snapdragon 835", 2, false),
          new NcnnDevice("snapdragon-855-plus", "Qualcomm SM8150-AC Snapdragon 855+", 2, true),
          new NcnnDevice("snapdragon-8-gen-2", "Qualcomm SM8550-AB Snapdragon 8 Gen 2", 2, true),
          new NcnnDevice("dimensity-9300", "MediaTek Dimensity 9300", 2, true),
          new NcnnDevice("kirin-970", "Kirin 970", 2, false),
          new NcnnDevice("radxa-orion-o6", "Radxa Orion O6", 2, true),
          new NcnnDevice("raspberry-pi-3b-plus", "Raspberry Pi 3 Model B+", 0, false),
          new NcnnDevice("raspberry-pi-4b", "Raspberry Pi 4 Model B", 0, false),
          new NcnnDevice("raspberry-pi-5", "Raspberry Pi 5", 0, true),
          new NcnnDevice("raspberry-pi-zero-2w", "Raspberry Pi Zero 2 W", 0, false),
          new NcnnDevice("jetson-nano", "NVIDIA Jetson Nano", 0, false),
          new NcnnDevice("jetson-orin-nano", "NVIDIA Jetson Orin Nano", 0, true),
          new NcnnDevice("khadas-vim3", "Khadas VIM3", 2, false),
          new NcnnDevice("rk3399", "Rockchip RK3399", 2, false),
          new NcnnDevice("rk3566", "OrangePicm4, Rockchip Rk3566", 0, true),
          new NcnnDevice(
              "rk3588", "Rockchip RK3588 (Quad Core A76 2.4GHz + Quad Core A55 1.8GHz)", 0, true),
          new NcnnDevice("macbook-air-m3", "MacBook Air (13-inch, M3, 2024)", 0, true));

  Precision precision() {
    return halves ? Precision.FP16 : Precision.FP32;
  }

  boolean isRow(String device, int powersaveOfRow) {
    return device.startsWith(title) && powersaveOfRow == powersave;
  }
}
