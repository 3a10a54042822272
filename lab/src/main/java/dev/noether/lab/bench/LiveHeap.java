package dev.noether.lab.bench;

import java.lang.management.ManagementFactory;

/** The heap that this process needs. */
final class LiveHeap {
    private LiveHeap() {}

    /** Returns the bytes in use after a full garbage collection now. */
    static long bytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
