package dev.noether.flink.config;

import java.io.Serializable;
import java.util.List;

/**
 * Signatures of model artifacts.
 *
 * @param key path of the private key that signs new artifacts; empty for none
 * @param trusted paths of the public keys whose signatures are accepted; empty if unsigned artifacts are accepted
 */
public record SigningOptions(String key, List<String> trusted) implements Serializable {
    public SigningOptions {
        SigningSection.KEY.check(key);
        trusted = List.copyOf(SigningSection.TRUSTED.check(trusted));
    }

    static SigningOptions of(OptionValues values) {
        return new SigningOptions(values.get(SigningSection.KEY), values.get(SigningSection.TRUSTED));
    }
}
