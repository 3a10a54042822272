package dev.noether.lab.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noether.lab.chaos.load.SteadyLoad;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Faults of what others send: records that are no observations, and hosts with a wrong clock. Each sends under names of
 * its own, so that a run can tell what is wrong with its own observations.
 */
public final class DataFaults {
    /** Beginning of the key of a record that is surely no observation. */
    public static final String BAD = "bad-";
    /** Beginning of the key of a record that may be an observation or not. */
    public static final String MUTATED = "mutated-";
    /** Beginning of the names of hosts with a wrong clock. */
    public static final String CLOCK = "clock-";

    private static final int RECORDS = 200;
    private static final long YEAR_2099 = 4_070_908_800_000L;
    private static final long MINUTE = 60_000;
    private static final long PAUSE_MILLIS = 100;

    private final SteadyLoad load;

    DataFaults(SteadyLoad load) {
        this.load = load;
    }

    /** Sends records that are no observations, and observations with changed bytes. */
    void garbage(int number, Random random) {
        for (int i = 0; i < RECORDS; i++) {
            long now = System.currentTimeMillis();
            if (random.nextBoolean()) {
                load.sendForeign(BAD + number + "-" + i, bad(i % 6, now, random), now);
            } else {
                String entity = MUTATED + number;
                load.sendForeign(entity, mutated(load.observation(entity, 0, now), random), now);
            }
        }
    }

    /** A host whose clock is wrong for a while, and right afterwards. */
    void clock(PlannedFault fault) throws InterruptedException {
        String host = CLOCK + fault.number();
        long wrongUntil = System.nanoTime() + (long) (fault.seconds() * 1e9);
        long rightUntil = wrongUntil + (long) (fault.seconds() * 1e9);
        for (int row = 0; System.nanoTime() < rightUntil; row++) {
            long now = System.currentTimeMillis();
            long time = System.nanoTime() < wrongUntil ? wrongTime(fault.kind(), now) : now;
            // The broker refuses a timestamp far ahead, but an agent may also let the client set the timestamp.
            load.sendForeign(host, load.observation(host, 0, time), row % 2 == 0 ? time : now);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static long wrongTime(FaultKind kind, long now) {
        return switch (kind) {
            case CLOCK_2099 -> YEAR_2099 + now % MINUTE;
            case CLOCK_SECONDS -> now / 1000;
            case CLOCK_MINUTE -> now + MINUTE;
            case CLOCK_HOUR -> now + 60 * MINUTE;
            default -> throw new IllegalArgumentException(kind + " is no fault of a clock");
        };
    }

    private byte @Nullable [] bad(int form, long now, Random random) {
        byte[] observation = load.observation("bad", 0, now);
        return switch (form) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> "cpu=0.5,memory=0.7".getBytes(UTF_8);
            case 3 -> confluent(observation, random);
            // Ten bytes of header, then a body that is cut short.
            case 4 -> Arrays.copyOf(observation, 10 + random.nextInt(observation.length - 10));
            default -> unknownSchema(observation, random);
        };
    }

    /** As a serializer of Confluent's registry writes it: a zero byte and the number of a schema. */
    private static byte[] confluent(byte[] observation, Random random) {
        ByteBuffer framed = ByteBuffer.allocate(5 + observation.length - 10);
        framed.put((byte) 0).putInt(1 + random.nextInt(1000)).put(observation, 10, observation.length - 10);
        return framed.array();
    }

    private static byte[] unknownSchema(byte[] observation, Random random) {
        byte[] changed = observation.clone();
        for (int i = 2; i < 10; i++) {
            changed[i] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static byte[] mutated(byte[] observation, Random random) {
        byte[] changed = observation.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }
}
