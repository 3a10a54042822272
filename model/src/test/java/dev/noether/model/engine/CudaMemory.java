package dev.noether.model.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** The memory of one user of a driver, freed together. Not thread-safe. */
final class CudaMemory {
    private final CudaDriver driver;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    CudaMemory(CudaDriver driver) {
        this.driver = driver;
    }

    CudaDriver.DeviceFloats allocate(int count) {
        CudaDriver.DeviceFloats floats = driver.allocate(count);
        parts.push(floats);
        return floats;
    }

    CudaDriver.PinnedFloats pin(int count) {
        CudaDriver.PinnedFloats floats = driver.pin(count);
        parts.push(floats);
        return floats;
    }

    /** Allocates values on the device and copies them there; they are there when this method returns. */
    CudaDriver.DeviceFloats copyOf(float[] values) {
        CudaDriver.DeviceFloats floats = allocate(values.length);
        try (CudaDriver.PinnedFloats pinned = driver.pin(values.length)) {
            pinned.write(values, 0, values.length);
            driver.upload(0, pinned, floats, values.length);
            driver.synchronize(0);
        }
        return floats;
    }

    /** Frees everything, also what is left after one part could not be freed. */
    void close() {
        while (!parts.isEmpty()) {
            GuardedEngine.closeQuietly(parts.pop());
        }
    }
}
