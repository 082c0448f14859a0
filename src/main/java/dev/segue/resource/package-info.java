/**
 * What the files of {@code conf.d} ask for, from their text to {@link dev.segue.resource.Resource}s, or all that is wrong
 * with them, by file, line and key.
 *
 * <p>Imports {@code keys}, {@code settings} and {@code toml}. Parsing ({@link dev.segue.resource.ResourceFile}) is pure, but
 * for the files that a table {@code [backend]} names; {@link dev.segue.resource.ConfDirectory} is the only class that touches the
 * disk by itself, and only reads. Any thread may use all of it.
 *
 * <p><b>What if confd means something else?</b> An existing file works unchanged wherever confd's reading makes sense: keys
 * of any case, keys without a leading slash, {@code uid = -1}, empty texts for "not set". Where it does not, the file
 * still works and a note says so once ({@code mode = "644"} is decimal to confd), or it is refused with the reason (a
 * relative {@code dest}, whose place depends on where the daemon was started).
 *
 * <p><b>Why is a bad file a value and a missing folder an exception?</b> One bad file holds back itself; without a folder
 * there is nothing to go on with, and the caller decides whether that ends the run or keeps what it had.
 *
 * <p><b>Why does {@code cli} read {@code [backend]}?</b> It says of a store what flags and {@code segue.toml} say of the run's
 * own, so the same table of flags reads it ({@link dev.segue.resource.StoreTable} is how it comes in here).
 *
 * <p><b>Why do variables stand in {@code verify_url} and nowhere else?</b> Commands have a shell that knows them, templates
 * have {@code getenv}. The URL has to name the port that the template lets the program listen on, which is often a
 * variable of the container. They are looked up when the file is read.
 */
@NullMarked
package dev.segue.resource;

import org.jspecify.annotations.NullMarked;
