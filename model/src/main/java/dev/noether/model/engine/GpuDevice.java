package dev.noether.model.engine;

import java.util.Locale;
import java.util.Optional;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A GPU as its driver describes it.
 *
 * @param index from 0
 * @param name such as {@code NVIDIA A10}
 * @param major first number of the compute capability
 * @param minor second number of the compute capability
 * @param totalBytes memory of the device
 * @param freeBytes memory that no process uses
 */
record GpuDevice(int index, String name, int major, int minor, long totalBytes, long freeBytes) {
    /** ND4J's CUDA library holds code for these, and none that a driver could translate for later ones. */
    private static final int LEAST_CAPABILITY = 37;

    /** Code for 8.6 also runs on 8.9: within one first number, devices run the code of those before. */
    private static final int LAST_MAJOR = 8;

    /** Networks of a few hundred features, with batches of thousands of rows, need less. */
    private static final long LEAST_FREE_BYTES = 64L << 20;

    /**
     * The device of an index, as ND4J's driver describes it.
     *
     * @throws IllegalArgumentException if there is none of this index
     */
    static GpuDevice of(int index) {
        NativeOps driver = NativeOpsHolder.getInstance().getDeviceNativeOps();
        int devices = driver.getAvailableDevices();
        if (index < 0 || index >= devices) {
            throw new IllegalArgumentException("no device %d; there are devices 0 to %d".formatted(index, devices - 1));
        }
        return new GpuDevice(
                index,
                String.valueOf(driver.getDeviceName(index)),
                driver.getDeviceMajor(index),
                driver.getDeviceMinor(index),
                driver.getDeviceTotalMemory(index),
                driver.getDeviceFreeMemory(index));
    }

    /** Why the engine cannot use the device; empty if nothing is known against it. */
    Optional<String> obstacle() {
        if (major > LAST_MAJOR || 10 * major + minor < LEAST_CAPABILITY) {
            return Optional.of("the CUDA library has code for compute capability 3.7 to 8.9 only");
        }
        if (freeBytes < LEAST_FREE_BYTES) {
            return Optional.of("it has too little free memory");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "GPU %d, %s, compute capability %d.%d, %d of %d MiB free",
                index,
                name,
                major,
                minor,
                freeBytes >> 20,
                totalBytes >> 20);
    }
}
