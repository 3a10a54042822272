package dev.noether.flink.owner;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The process that owns a detector or wants to. It is written into the client id of a Kafka consumer, which
 * administrators can read: it contains no secret.
 *
 * @param host name of the machine
 * @param pid id of the process
 * @param started time at which the process started, milliseconds since 1970 UTC
 * @param folder working directory of the process
 * @param job id of the Flink job
 * @param token random text, different for each submission of a job
 */
public record OwnerIdentity(String host, long pid, long started, String folder, String job, String token) {
    private static final String PREFIX = "noether-owner-1";
    private static final int FIELDS = 7;
    /** Reading the start of one process twice may give slightly different times. */
    private static final long START_TOLERANCE_MILLIS = 2_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    /** Returns the identity of this process. */
    public static OwnerIdentity ofThisProcess(String job, String token) {
        ProcessHandle process = ProcessHandle.current();
        return new OwnerIdentity(
                hostName(),
                process.pid(),
                startOf(process),
                Path.of("").toAbsolutePath().toString(),
                job,
                token);
    }

    /** Returns the client id that contains this identity. */
    String clientId() {
        return String.join(
                "/", PREFIX, encode(host), Long.toString(pid), Long.toString(started), encode(folder), job, token);
    }

    /** Reads a client id; empty if it is not that of an owner. */
    static Optional<OwnerIdentity> ofClientId(String clientId) {
        String[] fields = clientId.split("/", -1);
        if (fields.length != FIELDS || !fields[0].equals(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OwnerIdentity(
                    decode(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    decode(fields[4]),
                    fields[5],
                    fields[6]));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the process runs, or ran, on the machine of this process. */
    boolean isOnThisHost() {
        return host.equals(hostName());
    }

    /** Whether the process ran on this machine and has certainly ended. */
    public boolean hasEnded() {
        if (!isOnThisHost()) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty() || Math.abs(startOf(process.get()) - started) > START_TOLERANCE_MILLIS;
    }

    /** Returns a description such as {@code process 4711 on host h in folder f since 12:01}. */
    public String describe() {
        Instant start = Instant.ofEpochMilli(started);
        boolean isToday = Duration.between(start, Instant.now()).toHours() < 12;
        return "process " + pid + " on host " + host + " in folder " + folder + " since "
                + (isToday ? TIME : DAY).format(start);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            String name = System.getenv("HOSTNAME");
            return name == null ? "unknown" : name;
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
