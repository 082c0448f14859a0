package dev.segue.settings;

/**
 * One thing that is wrong with what a person wrote.
 *
 * @param where the place: {@code conf.d/nginx.toml:5}, {@code --interval}, {@code SEGUE_NODES}
 * @param what what is wrong, with the wrong word and the right ones: {@code mode "0999" is not an octal file mode}
 */
public record Problem(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
