using PayLinks.Core.Database;

namespace PayLinks.Api.Links;

public static class AfterLinkExtension
{
    extension(Wakeups wakeups)
    {
        /// <summary>After the commit: tells live screens, and the worker if there is something to send.</summary>
        public void AfterLink(Actor actor, Guid linkId, bool sends)
        {
            // First, because hints that come after one that is under way wait for the next ten milliseconds.
            if (sends)
            {
                wakeups.Work(Wakeups.Messages);
            }

            wakeups.Link(actor.MerchantId, linkId);
        }
    }
}
