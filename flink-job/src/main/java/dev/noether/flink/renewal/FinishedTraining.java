package dev.noether.flink.renewal;

import dev.noether.flink.release.Candidate;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training that this process has run to its end.
 *
 * @param run the training, as announced
 * @param candidate the model, as announced; null if there is none
 * @param failure why there is none; null if there is one
 */
record FinishedTraining(
        TrainingRun run,
        @Nullable Candidate candidate,
        @Nullable Exception failure) {
    /** The records that announce the model and the end of the training. */
    List<ModelsRecord> records() {
        List<ModelsRecord> records = new ArrayList<>(modelRecords());
        records.add(run);
        return records;
    }

    /** The records that announce the model. */
    List<ModelsRecord> modelRecords() {
        return candidate == null ? List.of() : candidate.records();
    }
}
