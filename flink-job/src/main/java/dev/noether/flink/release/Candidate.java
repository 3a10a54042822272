package dev.noether.flink.release;

import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.PromotionDecision;
import java.util.List;

/**
 * A trained model whose artifact is stored, and the decision whether it scores. Nothing of it is announced yet: {@link
 * Announcer} writes both records together. Immutable.
 *
 * @param release the release; its stage agrees with the decision
 * @param decision the decision on this model
 */
public record Candidate(ModelRelease release, PromotionDecision decision) {
    public Candidate {
        if (!decision.facts().model().equals(release.identity())) {
            throw new IllegalArgumentException("the decision is on model "
                    + decision.facts().model() + ", the release is of model " + release.identity());
        }
    }

    /**
     * Reads what {@link #toBytes} returned.
     *
     * @throws MalformedRecordException if the bytes are something else
     */
    public static Candidate fromBytes(List<byte[]> bytes) throws MalformedRecordException {
        ModelsRecordCodec codec = new ModelsRecordCodec();
        if (bytes.size() == 2
                && codec.decode(bytes.get(0)) instanceof ModelRelease release
                && codec.decode(bytes.get(1)) instanceof PromotionDecision decision) {
            return new Candidate(release, decision);
        }
        throw new IllegalArgumentException(
                "a candidate is a release and a decision (got " + bytes.size() + " records)");
    }

    /** Returns the encoded release, then the encoded decision. */
    public List<byte[]> toBytes() {
        ModelsRecordCodec codec = new ModelsRecordCodec();
        return List.of(codec.encode(release), codec.encode(decision));
    }

    /** Returns the records that announce the model. */
    public List<ModelsRecord> records() {
        return List.of(release, decision);
    }

    /** Returns the same model under another version. The artifact keeps its address. */
    public Candidate withVersion(long version) {
        ModelRelease renumbered = new ModelRelease(
                release.detector(),
                version,
                release.artifact(),
                release.featureSchemaFingerprint(),
                release.effectiveFrom(),
                release.stage(),
                release.announcedAt(),
                release.calibration(),
                release.provenance(),
                release.effectiveTo());
        DecisionFacts facts = decision.facts();
        DecisionFacts other = new DecisionFacts(
                facts.detector(),
                new ModelIdentity(version, facts.model().sha256()),
                facts.champion(),
                facts.reason(),
                facts.decidedBy(),
                facts.decidedAt(),
                facts.figures());
        return new Candidate(renumbered, withFacts(other));
    }

    private PromotionDecision withFacts(DecisionFacts facts) {
        if (decision instanceof PromotionDecision.Promoted) {
            return new PromotionDecision.Promoted(facts);
        }
        if (decision instanceof PromotionDecision.Refused) {
            return new PromotionDecision.Refused(facts);
        }
        if (decision instanceof PromotionDecision.Shadowed) {
            return new PromotionDecision.Shadowed(facts);
        }
        return decision instanceof PromotionDecision.Withdrawn
                ? new PromotionDecision.Withdrawn(facts)
                : new PromotionDecision.Unknown(facts);
    }
}
