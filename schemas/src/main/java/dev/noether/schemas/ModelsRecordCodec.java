package dev.noether.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The codec of all records of the models topic, and their keys. Not thread safe: an instance reuses its buffers. */
public final class ModelsRecordCodec {
    private final ModelReleaseCodec releases = new ModelReleaseCodec();
    private final PromotionDecisionCodec decisions = new PromotionDecisionCodec();
    private final ShadowComparisonCodec shadows = new ShadowComparisonCodec();
    private final TrainingRunCodec runs = new TrainingRunCodec();
    private final TrainingRequestCodec requests = new TrainingRequestCodec();

    /**
     * Returns the key of a record. The topic keeps, of each key, the newest record: of each version its newest release
     * its newest decision of each outcome and its newest shadow; of each detector its newest training and its newest request.
     */
    public static byte[] key(ModelsRecord record) {
        return name(record).getBytes(StandardCharsets.UTF_8);
    }

    private static String name(ModelsRecord record) {
        String detector = record.detector() + "/";
        if (record instanceof ModelRelease release) {
            return detector + release.version();
        }
        if (record instanceof PromotionDecision decision) {
            return detector + decision.facts().model().version() + "/" + outcome(decision);
        }
        if (record instanceof ShadowComparison shadow) {
            return detector + shadow.model().version() + "/shadow";
        }
        return detector + (record instanceof TrainingRun ? "training" : "request");
    }

    private static String outcome(PromotionDecision decision) {
        if (decision instanceof PromotionDecision.Promoted) {
            return "promoted";
        }
        if (decision instanceof PromotionDecision.Refused) {
            return "refused";
        }
        if (decision instanceof PromotionDecision.Withdrawn) {
            return "withdrawn";
        }
        return decision instanceof PromotionDecision.Shadowed ? "shadowed" : "decision";
    }

    /** Returns the time at which a record was written, milliseconds since 1970 UTC. */
    public static long time(ModelsRecord record) {
        if (record instanceof ModelRelease release) {
            return release.announcedAt();
        }
        if (record instanceof PromotionDecision decision) {
            return decision.facts().decidedAt();
        }
        if (record instanceof ShadowComparison shadow) {
            return shadow.updatedAt();
        }
        if (record instanceof TrainingRun run) {
            return run.endedAt() == TrainingRun.NOT_ENDED ? run.startedAt() : run.endedAt();
        }
        return ((TrainingRequest) record).requestedAt();
    }

    /** Returns the record's single-object encoding. */
    public byte[] encode(ModelsRecord record) {
        if (record instanceof ModelRelease release) {
            return releases.encode(release);
        }
        if (record instanceof PromotionDecision decision) {
            return decisions.encode(decision);
        }
        if (record instanceof ShadowComparison shadow) {
            return shadows.encode(shadow);
        }
        return record instanceof TrainingRun run ? runs.encode(run) : requests.encode((TrainingRequest) record);
    }

    /**
     * Reads one record.
     *
     * @throws MalformedRecordException if the bytes are none of these records, or are damaged
     */
    public ModelsRecord decode(byte[] bytes) throws MalformedRecordException {
        Schema writer = SchemaStore.released().find(RecordCodec.fingerprint(bytes));
        return switch (name(writer)) {
            case "PromotionDecision" -> decisions.decode(bytes);
            case "ShadowComparison" -> shadows.decode(bytes);
            case "TrainingRun" -> runs.decode(bytes);
            case "TrainingRequest" -> requests.decode(bytes);
            default -> releases.decode(bytes);
        };
    }

    private static String name(@Nullable Schema writer) {
        return writer == null ? "" : writer.getName();
    }
}
