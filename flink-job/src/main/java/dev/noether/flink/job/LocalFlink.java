package dev.noether.flink.job;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Settings of a Flink cluster that runs inside this JVM: loopback addresses, free ports, little memory. */
public final class LocalFlink {
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(64);
    /** Both jobs keep their state on the heap. Flink needs some managed memory all the same. */
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(16);

    private LocalFlink() {}

    /**
     * Adds the settings of a local cluster.
     *
     * @param job settings of the job, not changed
     * @return a new configuration with both
     */
    public static Configuration settings(Configuration job) {
        Configuration settings = new Configuration(job);
        settings.set(RestOptions.BIND_ADDRESS, "localhost");
        settings.set(RestOptions.ADDRESS, "localhost");
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(JobManagerOptions.ADDRESS, "localhost");
        // Without them, the servers for files and for records listen on all interfaces.
        settings.set(JobManagerOptions.BIND_HOST, "localhost");
        settings.set(TaskManagerOptions.BIND_HOST, "localhost");
        settings.set(TaskManagerOptions.HOST, "localhost");
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        // Inside one JVM a pause, such as a sleeping laptop or a debugger, is not a failure.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        return settings;
    }
}
