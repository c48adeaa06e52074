using PayLinks.Core.Database;

namespace PayLinks.Api.Links;

public static class AfterLinkExtension
{
    extension(Wakeups wakeups)
    {
        /// <summary>After the commit: tells live screens, and the worker if there is something to send.</summary>
        public void AfterLink(Actor actor, Guid linkId, bool sends)
        {
            wakeups.Link(actor.MerchantId, linkId);
            if (sends)
            {
                wakeups.Work(Wakeups.Messages);
            }
        }
    }
}
