package dev.noether.flink.renewal;

import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the next training of a detector is due. It depends on what the models topic says of the newest training, so that
 * a retrainer can be restarted at any moment. Times are milliseconds since 1970 UTC. Immutable.
 *
 * @param interval time from the start of a training to the start of the next
 * @param firstAt when the first model of all is trained
 * @param retry time after which a failed training is tried again, if the interval is not shorter
 */
record RenewalSchedule(Duration interval, long firstAt, Duration retry) {
    /** A training that kills its process must not do so again and again without a pause. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Trying again for the first model takes at most an eleventh of the time. */
    private static final int PAUSES = 10;

    /**
     * Returns the next training.
     *
     * @param known what the models topic says
     * @param since time from which on this process has led; a training that was due before was missed
     * @param now present time
     */
    DueTraining next(ModelsTopicContent known, long since, long now) {
        TrainingRun newest = known.training();
        TrainingRequest request = known.request();
        if (request != null && (newest == null || request.requestedAt() > newest.startedAt())) {
            return asked(now, request);
        }
        if (newest == null) {
            return first(known, since);
        }
        if (newest.outcome() == TrainingOutcome.RUNNING) {
            return repeated(newest, request);
        }
        long regular = startOf(newest, since, now) + interval.toMillis();
        if (isWithoutModel(newest) && hasNeverScored(known)) {
            return untilTheFirst(newest, regular, since);
        }
        return newest.outcome() == TrainingOutcome.FAILED
                ? afterFailure(newest, known, regular, since)
                : scheduled(regular, since);
    }

    /** A version without records of trainings may have announced models. */
    private DueTraining first(ModelsTopicContent known, long since) {
        return known.releases().isEmpty()
                ? DueTraining.of(firstAt, TrainingCause.SCHEDULE)
                : scheduled(newestAnnouncement(known) + interval.toMillis(), since);
    }

    private static DueTraining scheduled(long at, long since) {
        return DueTraining.of(at, at < since ? TrainingCause.MISSED : TrainingCause.SCHEDULE);
    }

    /** The process of the newest training was killed. */
    private DueTraining repeated(TrainingRun newest, @Nullable TrainingRequest request) {
        long at = newest.startedAt() + Math.min(LONGEST_PAUSE.toMillis(), retry.toMillis());
        boolean isAsked = newest.cause() == TrainingCause.REQUEST || newest.cause() == TrainingCause.DRIFT;
        return isAsked && request != null ? asked(at, request) : DueTraining.of(at, newest.cause());
    }

    private static boolean isWithoutModel(TrainingRun run) {
        return run.outcome() == TrainingOutcome.NO_MODEL || run.outcome() == TrainingOutcome.REFUSED;
    }

    private static boolean hasNeverScored(ModelsTopicContent known) {
        return known.releases().stream().allMatch(release -> release.stage() == ReleaseStage.REFUSED);
    }

    /**
     * While a detector has no model at all, its history may become long or quiet enough at any time. Nobody should wait
     * for a whole interval then.
     */
    private DueTraining untilTheFirst(TrainingRun newest, long regular, long since) {
        long pause = Math.max(retry.toMillis(), PAUSES * (newest.endedAt() - newest.startedAt()));
        return scheduled(Math.min(regular, newest.endedAt() + pause), since);
    }

    /**
     * Kafka or the store may be back soon. A request that failed is not repeated: who asked knows that it failed. The
     * schedule continues from the newest model.
     */
    private DueTraining afterFailure(TrainingRun newest, ModelsTopicContent known, long regular, long since) {
        long soon = Math.min(regular, newest.endedAt() + retry.toMillis());
        if (newest.cause() == TrainingCause.REQUEST || newest.cause() == TrainingCause.DRIFT) {
            return known.releases().isEmpty()
                    ? DueTraining.of(Math.max(soon, firstAt), TrainingCause.SCHEDULE)
                    : scheduled(Math.max(soon, newestAnnouncement(known) + interval.toMillis()), since);
        }
        return DueTraining.of(soon, regular < since ? TrainingCause.MISSED : newest.cause());
    }

    /** A start in the future was written by a wrong clock, or answers a request of one. */
    private static long startOf(TrainingRun run, long since, long now) {
        return run.startedAt() <= now ? run.startedAt() : Math.min(run.endedAt(), since);
    }

    private static long newestAnnouncement(ModelsTopicContent known) {
        return known.releases().stream()
                .mapToLong(ModelRelease::announcedAt)
                .max()
                .orElse(0);
    }

    private static DueTraining asked(long at, TrainingRequest request) {
        TrainingCause cause =
                request.requestedBy().startsWith(DriftDuty.REQUESTER) ? TrainingCause.DRIFT : TrainingCause.REQUEST;
        return new DueTraining(at, cause, range(request), request.requestedAt());
    }

    private static HistoryRange range(TrainingRequest request) {
        return new HistoryRange(request.from(), request.to());
    }
}
