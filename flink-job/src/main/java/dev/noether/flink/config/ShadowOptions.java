package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Whether a new model scores in shadow before it raises anything.
 *
 * @param range event time for which it scores in shadow; zero for not at all
 * @param promotion who promotes it afterwards
 */
public record ShadowOptions(Duration range, PromotionPolicy promotion) implements Serializable {
    public ShadowOptions {
        RetrainingSection.SHADOW.check(range);
        RetrainingSection.SHADOW_PROMOTION.check(promotion);
    }

    static ShadowOptions of(OptionValues values) {
        return new ShadowOptions(
                values.get(RetrainingSection.SHADOW), values.get(RetrainingSection.SHADOW_PROMOTION));
    }

    /** Whether new models score in shadow. */
    public boolean isOn() {
        return !range.isZero();
    }
}
