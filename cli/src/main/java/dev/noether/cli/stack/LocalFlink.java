package dev.noether.cli.stack;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** How Flink is set up as a guest in this JVM: loopback only, free ports, little memory. */
public final class LocalFlink {
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(64);
    /** Both jobs keep their state on the heap: managed memory is only there because Flink asks for some. */
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(16);

    private LocalFlink() {}

    /** The settings given, and those of a local cluster. */
    public static Configuration settings(Configuration job) {
        Configuration settings = new Configuration(job);
        settings.set(RestOptions.BIND_ADDRESS, "localhost");
        settings.set(RestOptions.ADDRESS, "localhost");
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(JobManagerOptions.ADDRESS, "localhost");
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        // A laptop that slept, or a debugger, is no failure inside one JVM.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        return settings;
    }
}
