package dev.noether.lab.bench.retraining;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The largest memory of this process from {@link #start} to {@link #close}, in bytes. Thread-safe.
 *
 * <p>What is live is at most what is left after a garbage collection. A collection of young objects alone leaves old
 * garbage, so a thread also collects everything at an interval.
 */
final class PeakMemory implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Looks from one full collection to the next. */
    private static final int LOOKS = 50;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final AtomicLong live = new AtomicLong();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong resident = new AtomicLong();
    private final List<NotificationEmitter> collectors = new ArrayList<>();
    private final NotificationListener listener = this::collected;
    private final Thread thread = new Thread(this::run, "peak-memory");
    private volatile boolean isClosed;

    private PeakMemory() {}

    /** Starts to look. */
    static PeakMemory start() {
        PeakMemory memory = new PeakMemory();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(memory.listener, null, null);
                memory.collectors.add(emitter);
            }
        }
        memory.thread.setDaemon(true);
        memory.thread.start();
        return memory;
    }

    /** The heap that is in use after a full collection now. */
    static long liveNow() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Largest heap in use right after a full collection. */
    long live() {
        return live.get();
    }

    /** Largest heap in use, with garbage. */
    long used() {
        return used.get();
    }

    /** Largest resident set of the process; 0 if the system does not tell. */
    long resident() {
        return resident.get();
    }

    private void run() {
        try {
            for (int look = 1; !isClosed; look++) {
                Thread.sleep(LOOK.toMillis());
                if (look % LOOKS == 0) {
                    System.gc();
                }
                max(
                        used,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
                max(resident, residentNow());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void collected(Notification notification, Object handback) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GarbageCollectionNotificationInfo info =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (!info.getGcCause().equals("System.gc()")) {
            return;
        }
        List<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toList());
        max(
                live,
                info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum());
    }

    private static void max(AtomicLong largest, long value) {
        largest.accumulateAndGet(value, Math::max);
    }

    private static long residentNow() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException noSuchFile) {
            // Another system than Linux.
        }
        return 0;
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
