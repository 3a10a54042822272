package dev.noether.cli.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The faulty beats: spread evenly over the live part and over the hearts; the kinds alternate. A heart has at least
 * {@value #REST_BEATS} normal beats between two faults. Immutable and thread-safe.
 */
final class BeatSchedule {
    static final int REST_BEATS = 8;

    private static final BeatFault[] KINDS = BeatFault.values();

    private final List<LabelledBeat> all = new ArrayList<>();
    private final List<List<LabelledBeat>> ofEntities = new ArrayList<>();

    BeatSchedule(HeartbeatOptions options) {
        SplittableRandom random = new SplittableRandom(options.seed());
        int offset = random.nextInt(options.entities());
        for (int entity = 0; entity < options.entities(); entity++) {
            ofEntities.add(new ArrayList<>());
        }
        int period = HeartbeatSimulator.PERIOD_ROWS;
        // The first and the last beats of the live part are normal.
        int beats = options.liveRows() / period - 2 * REST_BEATS / 2;
        long firstBeat = options.liveStart() / period + REST_BEATS / 2;
        for (int i = 0; i < options.faults(); i++) {
            long beat = firstBeat + (long) ((i + random.nextDouble()) * beats / options.faults());
            addIfFree((i + offset) % options.entities(), KINDS[i % KINDS.length], beat);
        }
    }

    private void addIfFree(int entity, BeatFault kind, long beat) {
        List<LabelledBeat> earlier = ofEntities.get(entity);
        if (!earlier.isEmpty() && beat - earlier.get(earlier.size() - 1).beat() <= REST_BEATS) {
            return;
        }
        long start = HeartbeatSimulator.onset(entity, beat) - HeartbeatSimulator.LARGEST_JITTER;
        long end = HeartbeatSimulator.onset(entity, beat + 1) + HeartbeatSimulator.LARGEST_JITTER;
        LabelledBeat fault = new LabelledBeat(entity, kind, beat, start, end);
        earlier.add(fault);
        all.add(fault);
    }

    /** All faults, in the order of their beats. */
    List<LabelledBeat> faults() {
        return List.copyOf(all);
    }

    /** The faults of a heart, in the order of their beats. */
    List<LabelledBeat> faultsOf(int entity) {
        return ofEntities.get(entity);
    }
}
